package dev.trailcast.journal;

/**
 * The journal is not open or can't be written or read: its directory is in use, not writable or
 * damaged, or the disk is full. Whether an activity that was under way became durable is unknown.
 */
public final class JournalUnavailableException extends JournalException {
  private static final long serialVersionUID = 1L;

  /** Why, in words for an operator. */
  public JournalUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
