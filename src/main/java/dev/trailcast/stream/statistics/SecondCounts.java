package dev.trailcast.stream.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * How many activities were recorded in each of the last seconds, by the journal's clock, which
 * never runs backwards. Safe for use by many threads.
 */
final class SecondCounts {
  /** Seconds that are told of. */
  static final int SECONDS = 300;

  // guarded by this
  private final long[] counts = new long[SECONDS + 1]; // and the running one
  private long newest; // since 1970, as all of them

  /** Counts one. */
  synchronized void add(long recordedMilliseconds) {
    long second = Math.floorDiv(recordedMilliseconds, 1_000);
    for (long empty = Math.max(newest + 1, second - SECONDS); empty <= second; empty++) {
      counts[slot(empty)] = 0;
    }
    newest = Math.max(newest, second);
    if (isKept(second)) {
      counts[slot(second)]++;
    }
  }

  /** Those of the seconds that were over when this one began, the oldest first. */
  synchronized List<Long> before(long now) {
    List<Long> all = new ArrayList<>(SECONDS);
    for (long second = now - SECONDS; second < now; second++) {
      all.add(isKept(second) ? counts[slot(second)] : 0);
    }
    return all;
  }

  private boolean isKept(long second) {
    return second <= newest && second > newest - counts.length;
  }

  private int slot(long second) {
    return (int) Math.floorMod(second, (long) counts.length);
  }
}
