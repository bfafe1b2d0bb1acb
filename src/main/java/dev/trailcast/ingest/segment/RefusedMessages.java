package dev.trailcast.ingest.segment;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Says in the log that messages were refused: libraries show nobody what they are told of it. Of
 * each write key it says so once in a while, and how many there were. Safe for use by many threads.
 */
final class RefusedMessages {
  private static final System.Logger LOG = System.getLogger(RefusedMessages.class.getName());

  /** How long nothing more is said of a key. */
  static final Duration PAUSE = Duration.ofMinutes(1);

  private final LongSupplier clock;

  // guarded by this: of each key, of which there are as many as are configured
  private final Map<String, Unsaid> unsaid = new HashMap<>();

  private static final class Unsaid {
    long count;
    long from; // when something may be said again

    Unsaid(long from) {
      this.from = from;
    }
  }

  /**
   * @param clock nanoseconds, as {@link System#nanoTime}
   */
  RefusedMessages(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Tells of some that came together.
   *
   * @param key the name of the write key
   * @param count how many they were
   * @param why the first of them was refused
   */
  synchronized void tell(String key, long count, String why) {
    long now = clock.getAsLong();
    Unsaid its = unsaid.computeIfAbsent(key, name -> new Unsaid(now));
    its.count += count;
    if (now - its.from >= 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "TRAIL0305W: %d messages with the write key %s could not be recorded, for instance because %s"
              .formatted(its.count, key, why));
      its.count = 0;
      its.from = now + PAUSE.toNanos();
    }
  }
}
