package dev.trailcast.journal.kafka;

/** The topic can't give what comes next; the message says why. */
final class TopicLostException extends Exception {
  private static final long serialVersionUID = 1L;

  TopicLostException(String why) {
    super(why);
  }
}
