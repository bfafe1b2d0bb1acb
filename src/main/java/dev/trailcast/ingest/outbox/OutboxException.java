package dev.trailcast.ingest.outbox;

/** The database of the business code did not take, or give, what is in the outbox. */
public final class OutboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutboxException(String message, Throwable cause) {
    super(message, cause);
  }
}
