package dev.trailcast.journal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is set, and the monotonic one beside it. */
public final class HandSetClock extends Clock {
  /** Where it stands at first. */
  public static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  private volatile Instant now = START;
  private volatile long ticks = Long.MAX_VALUE - 5_000_000_000L; // its own turning point is near

  /** Goes on by this, or, where it was set back before the next start, back. */
  public void advance(Duration step) {
    ticks += step.toNanos();
    now = now.plus(step);
  }

  /** Is set otherwise, which the monotonic clock knows nothing of. */
  public void leap(Duration step) {
    now = now.plus(step);
  }

  public long nanoTime() {
    return ticks;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
