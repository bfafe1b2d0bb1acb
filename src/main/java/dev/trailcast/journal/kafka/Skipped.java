package dev.trailcast.journal.kafka;

import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.journal.JournalUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Records that have no entry here, for every node would find the same about them. All are counted,
 * the first few are logged, and whoever has sent one from this node is told. For any thread.
 */
final class Skipped {
  private static final Logger LOG = System.getLogger(Skipped.class.getName());
  private static final int MOST_LOGGED = 100;

  private final InFlight inFlight;
  private final LongAdder invalid = new LongAdder();
  private final LongAdder oversized = new LongAdder();
  private final LongAdder refused = new LongAdder();

  /**
   * @param inFlight what this node has sent
   */
  Skipped(InFlight inFlight) {
    this.inFlight = inFlight;
  }

  /**
   * One that is no activity.
   *
   * @param sequence by which this node has sent it: then it has passed our own door, and not this
   *     one
   */
  void invalid(long kafkaOffset, OptionalLong sequence, InvalidActivityException why) {
    (why instanceof OversizedActivityException ? oversized : invalid).increment();
    add(kafkaOffset, sequence, "it can't be read back: ", why);
  }

  /**
   * One that the database has refused, as it would again.
   *
   * @param sequence by which this node has sent it
   */
  void refused(long kafkaOffset, OptionalLong sequence, SQLException why) {
    refused.increment();
    add(kafkaOffset, sequence, "the database refused it: ", why);
  }

  private void add(long kafkaOffset, OptionalLong sequence, String what, Exception why) {
    String reason = what + why.getMessage();
    if (invalid() + oversized() + refused() <= MOST_LOGGED) {
      LOG.log(
          Level.WARNING,
          "TRAIL0208W: The record at offset {0} of the topic is skipped: {1}",
          Long.toString(kafkaOffset),
          reason);
    }
    if (sequence.isPresent()) {
      inFlight.failed(sequence.getAsLong(), new JournalUnavailableException(reason, why));
    }
  }

  long invalid() {
    return invalid.sum();
  }

  long oversized() {
    return oversized.sum();
  }

  long refused() {
    return refused.sum();
  }
}
