package dev.trailcast.journal.embedded;

import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.Retention;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Takes the oldest entries away where there are too many, or too old ones. Belongs to the writer's
 * thread, which lets it go to work between two commits.
 */
final class Expiry {
  /** As many entries as one transaction deletes: in 1 ms, with random ids in 8 to 25. */
  private static final int STEP_ENTRIES = 500;

  /** Large ones need more room than their number tells. */
  private static final long STEP_BYTES = 1 << 20;

  /** Publishers wait no longer than this, as long as it keeps pace with them. */
  private static final long SWEEP_NANOS = Duration.ofMillis(20).toNanos();

  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  /** Longer than any history; what is beyond would not fit into epoch milliseconds. */
  private static final Duration LONGEST_AGE = Duration.ofDays(1_000_000);

  private final Retention retention;
  private final Clock clock;
  private final long ageMillis;

  // since the last sweep
  private long appended;
  private long appendedBytes;
  private long sweptAt = System.nanoTime();
  private boolean unfinished;

  Expiry(Retention retention, Clock clock) {
    this.retention = retention;
    this.clock = clock;
    Duration age = retention.age();
    this.ageMillis = (age.compareTo(LONGEST_AGE) < 0 ? age : LONGEST_AGE).toMillis();
  }

  /** These have come. */
  void count(List<JournalEntry> entries) {
    appended += entries.size();
    for (JournalEntry entry : entries) {
      appendedBytes += entry.encoded().json().length;
    }
  }

  /** Where more has to go, when enough has come for a step, and once a second anyway. */
  boolean isDue() {
    return unfinished
        || appended >= STEP_ENTRIES
        || appendedBytes >= STEP_BYTES
        || System.nanoTime() - sweptAt >= INTERVAL_NANOS;
  }

  /**
   * Deletes what has to go, or part of it.
   *
   * @param aboutToGo is told the offset of the last entry of each step, before it is deleted
   */
  void sweep(EntryStore store, LongConsumer aboutToGo) throws SQLException {
    long goal = 2 * appended; // or those who publish would outrun it
    long deleted = 0;
    appended = 0;
    appendedBytes = 0;
    sweptAt = System.nanoTime();
    do {
      Extent extent = store.extent();
      long upTo = lastToGo(store, extent);
      unfinished = upTo > extent.floor();
      if (unfinished) {
        aboutToGo.accept(upTo);
        store.deleteUpTo(upTo);
        deleted += upTo - extent.floor();
      }
    } while (unfinished && (deleted < goal || System.nanoTime() - sweptAt < SWEEP_NANOS));
  }

  /** The last entry of the next step; the floor if nothing has to go. */
  private long lastToGo(EntryStore store, Extent extent) throws SQLException {
    long furthest = Math.min(extent.floor() + STEP_ENTRIES, extent.head());
    long tooOld = store.firstSince(clock.millis() - ageMillis, furthest) - 1;
    long tooMany = extent.head() - retention.count();
    long tooLarge = extent.floor() + surplus(store.usedBytes(), extent.head() - extent.floor());
    return Math.min(furthest, Math.max(tooOld, Math.max(tooMany, tooLarge)));
  }

  /** About how many entries take what is used too much. */
  private long surplus(long usedBytes, long entries) {
    double share = 1 - (double) retention.bytes() / usedBytes;
    return share <= 0 ? 0 : (long) Math.ceil(share * entries);
  }
}
