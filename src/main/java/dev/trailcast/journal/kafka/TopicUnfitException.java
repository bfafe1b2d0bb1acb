package dev.trailcast.journal.kafka;

/** The topic is not there, or is not as a journal needs it; says why, and what to do. */
final class TopicUnfitException extends Exception {
  private static final long serialVersionUID = 1L;

  TopicUnfitException(String message) {
    super(message);
  }
}
