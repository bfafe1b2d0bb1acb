package dev.trailcast.metrics;

import dev.trailcast.measure.Distribution;
import dev.trailcast.measure.Distribution.Snapshot;
import java.util.function.LongConsumer;

/**
 * What a distribution has newly recorded, for whoever keeps a histogram of its own and takes one
 * value after the other: of each bucket its mean, as often as there were some, so that counts, sum
 * and percentiles come out alike. Beyond {@link #MOST} at a time they are fewer, in the same
 * proportions. For one thread at a time.
 */
public final class Sample {
  /** A server's histogram takes about a microsecond for each. */
  static final int MOST = 1_000;

  private final Distribution distribution;
  private final long[] bounds;
  private Snapshot before;

  /** Of all that it has recorded. */
  public Sample(Distribution distribution) {
    this.distribution = distribution;
    this.bounds = distribution.bounds();
    this.before = new Snapshot(new long[bounds.length + 1], new long[bounds.length + 1]);
  }

  /** Gives what was recorded since it was last asked: nanoseconds, or numbers. */
  public void forEachNew(LongConsumer histogram) {
    Snapshot now = distribution.snapshot();
    long all = now.count() - before.count();
    long given = Math.min(all, MOST);
    long passed = 0;
    for (int bucket = 0; bucket < now.counts().length; bucket++) {
      long count = now.counts()[bucket] - before.counts()[bucket];
      if (count == 0) {
        continue;
      }
      long value = within(bucket, (now.sums()[bucket] - before.sums()[bucket]) / count);
      long times = (passed + count) * given / all - passed * given / all;
      for (long i = 0; i < times; i++) {
        histogram.accept(value);
      }
      passed += count;
    }
    before = now;
  }

  /** While others record, a sum may be ahead of its count. */
  private long within(int bucket, long mean) {
    long least = bucket == 0 ? 0 : bounds[bucket - 1] + 1;
    return bucket == bounds.length
        ? Math.max(least, mean)
        : Math.min(bounds[bucket], Math.max(least, mean));
  }
}
