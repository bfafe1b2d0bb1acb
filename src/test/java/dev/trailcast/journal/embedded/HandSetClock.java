package dev.trailcast.journal.embedded;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is set. */
final class HandSetClock extends Clock {
  static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

  private volatile Instant now = START;

  void advance(Duration step) {
    now = now.plus(step);
  }

  void set(Instant time) {
    now = time;
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
