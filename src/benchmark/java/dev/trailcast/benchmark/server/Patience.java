package dev.trailcast.benchmark.server;

import java.time.Duration;

/**
 * How long a server may keep those waiting who depend on it: a publisher for its answer, all
 * readers together until each is connected and answered, the virtual machine for its figures. What
 * takes longer hangs.
 */
public final class Patience {
  /** From the system property {@code benchmark.patience.seconds}. */
  public static final Duration LIMIT =
      Duration.ofSeconds(Integer.getInteger("benchmark.patience.seconds", 60));

  private Patience() {}

  /** The limit in milliseconds, as sockets want it. */
  public static int millis() {
    return Math.toIntExact(LIMIT.toMillis());
  }

  /** The limit for messages. */
  public static String toText() {
    return LIMIT.toSeconds() + " s";
  }
}
