package dev.trailcast.journal;

/**
 * The journal can't do what it was asked, for now: nothing is wrong with the activity, and trying
 * again later may succeed.
 */
public abstract sealed class JournalException extends RuntimeException
    permits JournalFullException, JournalUnavailableException {
  private static final long serialVersionUID = 1L;

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}
