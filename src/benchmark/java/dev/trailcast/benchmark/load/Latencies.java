package dev.trailcast.benchmark.load;

/**
 * How long deliveries took: a histogram with steps of under 2 %, from 1 ns to an hour. Belongs to
 * one thread.
 */
public final class Latencies {
  private static final int STEP_BITS = 6;
  private static final int STEPS = 1 << STEP_BITS;
  private static final long LONGEST = 3_600_000_000_000L;

  private final long[] counts = new long[slot(LONGEST) + 1];
  private long count;
  private long max;

  void record(long nanos) {
    long within = Math.min(Math.max(nanos, 0), LONGEST);
    counts[slot(within)]++;
    count++;
    max = Math.max(max, within);
  }

  void add(Latencies others) {
    for (int slot = 0; slot < counts.length; slot++) {
      counts[slot] += others.counts[slot];
    }
    count += others.count;
    max = Math.max(max, others.max);
  }

  /** Milliseconds that this share of them, from 0 to 1, took at most; 0 where there are none. */
  public double percentile(double share) {
    long rank = (long) Math.ceil(share * count);
    long seen = 0;
    for (int slot = 0; slot < counts.length; slot++) {
      seen += counts[slot];
      if (seen >= rank && seen > 0) {
        return Math.min(upperEnd(slot), max) / 1e6;
      }
    }
    return 0;
  }

  /** Milliseconds. */
  public double max() {
    return max / 1e6;
  }

  private static int slot(long nanos) {
    if (nanos < STEPS) {
      return (int) nanos;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos) - STEP_BITS;
    return (shift << STEP_BITS) + (int) (nanos >>> shift);
  }

  private static long upperEnd(int slot) {
    int shift = Math.max(0, (slot >>> STEP_BITS) - 1);
    long mantissa = slot - ((long) shift << STEP_BITS);
    return ((mantissa + 1) << shift) - 1;
  }
}
