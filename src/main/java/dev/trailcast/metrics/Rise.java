package dev.trailcast.metrics;

import java.util.function.LongSupplier;

/** How much a count has risen, for whoever keeps one of its own. For one thread at a time. */
public final class Rise {
  private final LongSupplier count;
  private long before;

  /** Of this count, which begins at 0. */
  public Rise(LongSupplier count) {
    this.count = count;
  }

  /** By how much it has risen since it was last asked; never negative. */
  public long next() {
    long rise = Math.max(0, count.getAsLong() - before);
    before += rise;
    return rise;
  }
}
