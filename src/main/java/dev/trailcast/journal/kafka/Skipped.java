package dev.trailcast.journal.kafka;

import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.LongAdder;

/** Records that are no activities. All are counted, the first few are logged. For any thread. */
final class Skipped {
  private static final Logger LOG = System.getLogger(Skipped.class.getName());
  private static final int MOST_LOGGED = 100;

  private final LongAdder invalid = new LongAdder();
  private final LongAdder oversized = new LongAdder();

  /** One more. */
  void add(long kafkaOffset, InvalidActivityException why) {
    (why instanceof OversizedActivityException ? oversized : invalid).increment();
    if (invalid.sum() + oversized.sum() <= MOST_LOGGED) {
      LOG.log(
          Level.WARNING,
          "TRAIL0208W: The record at offset {0} of the topic is no activity and skipped: {1}",
          Long.toString(kafkaOffset),
          why.getMessage());
    }
  }

  long invalid() {
    return invalid.sum();
  }

  long oversized() {
    return oversized.sum();
  }
}
