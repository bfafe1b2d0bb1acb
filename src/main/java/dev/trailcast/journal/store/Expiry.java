package dev.trailcast.journal.store;

import dev.trailcast.journal.JournalEntry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Says which of the oldest entries have to go, where there are too many, or too old ones. For the
 * one thread that writes, whose commits take them away.
 */
public final class Expiry {
  /** As many entries go at a time, if no more have come: in 1 ms. */
  private static final int STEP_ENTRIES = 500;

  /** Large ones need more room than their number tells. */
  private static final long STEP_BYTES = 1 << 20;

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

  /** By these bounds. */
  public Expiry(Retention retention, Clock clock) {
    this.retention = retention;
    this.clock = clock;
    Duration age = retention.age();
    this.ageMillis = (age.compareTo(LONGEST_AGE) < 0 ? age : LONGEST_AGE).toMillis();
  }

  /** These have come. */
  public void count(List<JournalEntry> entries) {
    appended += entries.size();
    for (JournalEntry entry : entries) {
      appendedBytes += entry.encoded().json().length;
    }
  }

  /** Where more has to go, when enough has come for a step, and once a second anyway. */
  public boolean isDue() {
    return unfinished
        || appended >= STEP_ENTRIES
        || appendedBytes >= STEP_BYTES
        || System.nanoTime() - sweptAt >= INTERVAL_NANOS;
  }

  /**
   * How far the oldest have to go now: all that have to, or a part that a commit has time for.
   *
   * @return the offset of the last one; the floor if none has to
   */
  public long newFloor(EntryStore store) throws SQLException {
    long most = Math.max(STEP_ENTRIES, 2 * appended); // or those who publish would outrun it
    appended = 0;
    appendedBytes = 0;
    sweptAt = System.nanoTime();
    long floor = store.extent().floor().offset();
    long gone = store.first() - 1; // up to here nothing is left; where it was erased it is no gap
    long tooOld = store.firstSince(clock.millis() - ageMillis, store.oldest(most)) - 1;
    long tooMany = store.kept() - retention.count();
    long surplus = Math.max(tooMany, tooLarge(store.usedBytes(), store.kept()));
    long upTo = Math.max(tooOld, surplus > 0 ? store.oldest(Math.min(surplus, most)) : gone);
    unfinished = upTo > gone;
    return unfinished ? upTo : floor;
  }

  /** About how many entries take what is used too much. */
  private long tooLarge(long usedBytes, long entries) {
    double share = 1 - (double) retention.bytes() / usedBytes;
    return share <= 0 ? 0 : (long) Math.ceil(share * entries);
  }
}
