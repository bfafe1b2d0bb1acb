package dev.trailcast.stream;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * After how long a client comes back. Spread at random, so that those who were cut together do not
 * come back together: no client does that by itself.
 *
 * @param usual what connections are told at first, on average
 */
record RetryDelay(Duration usual) {
  /** Where there was no room, or the application goes: longer than one that is put anew is away. */
  private static final long AWAY_MILLISECONDS = 30_000;

  private static final long DRAINED_MILLISECONDS = 5_000;

  /** In milliseconds, for any cut. */
  long milliseconds() {
    long usualMilliseconds = usual.toMillis();
    return spread(usualMilliseconds / 2, usualMilliseconds);
  }

  /** In milliseconds, where the server ends the stream for this reason. */
  long milliseconds(CloseReason reason) {
    if (reason == CloseReason.FULL) {
      return spread(AWAY_MILLISECONDS, AWAY_MILLISECONDS);
    }
    if (reason
        == CloseReason.DRAINING) { // no switch: it has a class of its own, see Subscriber.end
      return spread(DRAINED_MILLISECONDS, DRAINED_MILLISECONDS);
    }
    return milliseconds();
  }

  private static long spread(long least, long width) {
    return least + ThreadLocalRandom.current().nextLong(width + 1);
  }
}
