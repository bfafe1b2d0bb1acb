package dev.trailcast.stream.wire;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * After how long a client comes back. Spread at random, so that those who were cut together do not
 * come back together: no client does that by itself.
 *
 * @param usual what connections are told at first, on average
 * @param drained what they are told when the application goes, at least
 */
public record RetryDelay(Duration usual, Duration drained) {
  /** Where there is no room, or the application goes. */
  private static final long AWAY_MILLISECONDS = 30_000;

  /** What is looked for takes seconds at most. */
  private static final long BUSY_MILLISECONDS = 5_000;

  /** In milliseconds, for any cut. */
  public long milliseconds() {
    long usualMilliseconds = usual.toMillis();
    return spread(usualMilliseconds / 2, usualMilliseconds);
  }

  /** In milliseconds, where the server ends the stream for this reason. */
  public long milliseconds(CloseReason reason) {
    // no switch: its table would be a class, and where the application goes none can be loaded
    if (reason == CloseReason.DRAINING) {
      return spread(drained.toMillis(), drained.toMillis());
    }
    return reason == CloseReason.ENDED
        ? spread(AWAY_MILLISECONDS, AWAY_MILLISECONDS) // for those who come all the same
        : milliseconds();
  }

  /** In milliseconds, where the server does not even begin it. */
  public long refused(CloseReason reason) {
    return switch (reason) {
      case UNAVAILABLE -> milliseconds();
      case BUSY -> spread(BUSY_MILLISECONDS, BUSY_MILLISECONDS);
      default -> spread(AWAY_MILLISECONDS, AWAY_MILLISECONDS);
    };
  }

  private static long spread(long least, long width) {
    return least + ThreadLocalRandom.current().nextLong(width + 1);
  }
}
