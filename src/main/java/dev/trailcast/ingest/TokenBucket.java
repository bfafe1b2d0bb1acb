package dev.trailcast.ingest;

import java.time.Duration;

/**
 * How much may come in a time: a bucket that holds so many tokens and fills at a steady rate; what
 * comes takes as many as it is worth. What is in it is told by the moment at which it will be full
 * again (as ATM's generic cell rate algorithm has it), in nanoseconds; so one that is full is like
 * one that never was.
 *
 * @param unit what a token stands for, in words
 * @param perSecond how many come in a second; 0 is any number
 * @param capacityNanos how long an empty one takes to be full
 */
record TokenBucket(String unit, long perSecond, long capacityNanos) {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /**
   * Holds what comes in {@code burst}, but not less than {@code least}.
   *
   * @param least tokens that it must be possible to take at once
   */
  static TokenBucket of(String unit, long perSecond, Duration burst, long least) {
    return new TokenBucket(
        unit, perSecond, Math.max(burst.toNanos(), nanosToFill(least, perSecond)));
  }

  /** How many tokens there are in a full one. */
  long capacity() {
    return (long) ((double) capacityNanos * perSecond / SECOND);
  }

  /** Whether so many can be taken at all. */
  boolean holds(long tokens) {
    return nanosToFill(tokens, perSecond) <= capacityNanos;
  }

  /** When it will be full again if so many are taken {@code now} of one that is {@code fullAt}. */
  long take(long tokens, long fullAt, long now) {
    return Math.max(fullAt, now) + nanosToFill(tokens, perSecond);
  }

  /** How long one has to wait before it is empty and no less; not positive: not at all. */
  long missing(long fullAt, long now) {
    return fullAt - now - capacityNanos;
  }

  private static long nanosToFill(long tokens, long perSecond) {
    return perSecond == 0 ? 0 : (tokens * SECOND + perSecond - 1) / perSecond;
  }
}
