package dev.trailcast.stream.pump;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long a reader's next write lingers for company. A write costs the same for one frame as for a
 * hundred, so when the pumps have much to do each reader is written to less often, and gets more at
 * a time; when they have little to do nobody waits.
 *
 * <p>It is a control loop: while the pumps are busy for more than a part of their time the delay
 * grows, while they are busy for less than another it shrinks. Safe for use by many threads;
 * adjusted by one.
 */
final class Linger {
  /** The longest that anybody waits. Beyond it a write is full anyhow. */
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** How often it is adjusted: so many bursts at 50 events/s that one more or less is no trend. */
  private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /**
   * Nearly all of its time: while a pump has any left, company costs more than it saves. At 50
   * events/s to 1,000 readers on two cores, of which a pump needs 70 %: at 0.5 and 0.3 a median of
   * 24 ms and 16 µs of CPU for a delivery, at these 12 ms and 21 µs.
   */
  private static final double BUSY = 0.9;

  private static final double IDLE = 0.7;

  private final int pumps;
  private final LongAdder busyNanos = new LongAdder();
  private volatile long delay;

  // only the thread that adjusts it
  private long begun;

  /**
   * @param pumps how many there are to share the work
   * @param now the time, as {@link System#nanoTime} tells it
   */
  Linger(int pumps, long now) {
    this.pumps = pumps;
    this.begun = now;
  }

  /** How long after its last write a reader is written to again, in nanoseconds. */
  long nanos() {
    return delay;
  }

  /** A pump was busy for so long. */
  void busy(long nanos) {
    busyNanos.add(nanos);
  }

  /** Adjusts the delay if it is time to. To be called while there is something to do. */
  void adjust(long now) {
    long window = now - begun;
    if (window < WINDOW_NANOS) {
      return;
    }
    begun = now;
    double share = (double) busyNanos.sumThenReset() / (window * pumps);
    if (share > BUSY) {
      delay = Math.min(Math.max(delay * 2, LEAST_NANOS), MOST_NANOS);
    } else if (share < IDLE) {
      delay = delay > LEAST_NANOS ? delay / 2 : 0;
    }
  }
}
