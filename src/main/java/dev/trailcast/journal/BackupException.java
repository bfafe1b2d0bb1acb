package dev.trailcast.journal;

/** No backup was made, and nothing is left of it; the journal goes on. */
public final class BackupException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, in words for an operator. */
  public BackupException(String message, Throwable cause) {
    super(message, cause);
  }
}
