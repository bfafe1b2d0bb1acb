package dev.trailcast;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what comes about by itself, and of which nobody is told: looks now and then. */
public final class Await {
  /** How long a test waits for anything at most. */
  public static final long LIMIT_SECONDS = 30;

  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** What is waited for. */
  public interface Condition {
    boolean holds() throws Exception;
  }

  private Await() {}

  /** Comes back when it is so. */
  public static void until(BooleanSupplier condition) {
    try {
      until("it to come about", condition::getAsBoolean);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a supplier throws none", e);
    }
  }

  /**
   * Comes back when it is so.
   *
   * @param what is waited for, in words
   */
  public static void until(String what, Condition condition) throws Exception {
    until(what, LIMIT_SECONDS, condition);
  }

  /**
   * Comes back when it is so, which may take that long, as the start of a server does.
   *
   * @param what is waited for, in words
   */
  public static void until(String what, long seconds, Condition condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited " + seconds + " s in vain for " + what);
      }
      LockSupport.parkNanos(PACE_NANOS);
    }
  }
}
