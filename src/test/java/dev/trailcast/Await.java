package dev.trailcast;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what nobody tells of: looks now and then, and not for ever. */
public final class Await {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** What is waited for. */
  public interface Condition {
    boolean holds() throws Exception;
  }

  private Await() {}

  /**
   * Comes back when it holds.
   *
   * @param what is waited for, in words
   */
  public static void until(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(PACE_NANOS);
    }
  }
}
