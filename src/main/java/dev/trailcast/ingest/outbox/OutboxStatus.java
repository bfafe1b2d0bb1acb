package dev.trailcast.ingest.outbox;

import java.time.Duration;
import java.time.Instant;

/**
 * What lay in the outbox when it was looked at last.
 *
 * @param activities how many
 * @param oldest when the oldest of them was fired; null if there is none
 * @param refused how many of them can't be recorded as they are
 * @param problem why the table can't be used, in words for an operator; null if it can
 */
public record OutboxStatus(long activities, Instant oldest, int refused, String problem) {
  /** Nothing. */
  public static final OutboxStatus EMPTY = new OutboxStatus(0, null, 0, null);

  /** How long the oldest has been there; zero if there is none. */
  public Duration age(Instant now) {
    return oldest == null || oldest.isAfter(now) ? Duration.ZERO : Duration.between(oldest, now);
  }

  OutboxStatus withProblem(String problem) {
    return new OutboxStatus(activities, oldest, refused, problem);
  }
}
