package dev.trailcast.journal.writer;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * The time of day, which does not leap as the computer's does where somebody sets it wrong: a leap
 * that the monotonic clock denies is not followed before it has lasted for a while. (A computer
 * that was suspended leaps, too, and is right.) It has to be asked every few seconds. For one
 * thread; {@link #leap} for any.
 */
public final class SteadyClock extends Clock {
  /** What is less is how clocks are adjusted; it is followed at once. */
  private static final Duration LEAP = Duration.ofMinutes(1);

  // fixed at birth
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Duration patience;

  // only its thread: what it was when it was asked last
  private Instant time;
  private long ticks;
  private long leaptAt; // of a meaning while it is off

  private volatile Duration leap = Duration.ZERO; // by how much the other clock is ahead

  /**
   * @param clock the time of day
   * @param nanoTime the monotonic clock
   * @param patience how long a leap has to last to be followed
   */
  public SteadyClock(Clock clock, LongSupplier nanoTime, Duration patience) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.patience = patience;
    this.time = clock.instant();
    this.ticks = nanoTime.getAsLong();
  }

  @Override
  public Instant instant() {
    long now = nanoTime.getAsLong();
    Instant told = clock.instant();
    Instant expected = time.plusNanos(now - ticks);
    Duration difference = Duration.between(expected, told);
    if (!isLeap(difference) || hasLasted(difference, now)) {
      time = told;
      leap = Duration.ZERO;
    } else {
      time = expected;
      leap = difference;
    }
    ticks = now;
    return time;
  }

  private static boolean isLeap(Duration difference) {
    return difference.abs().compareTo(LEAP) >= 0;
  }

  private boolean hasLasted(Duration difference, long now) {
    if (leap.isZero() || isLeap(difference.minus(leap))) { // it has leapt just now
      leaptAt = now;
    }
    return now - leaptAt >= patience.toNanos();
  }

  /** By how much the time of day is ahead of this clock after a leap; negative if behind. */
  public Duration leap() {
    return leap;
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return clock.withZone(zone);
  }
}
