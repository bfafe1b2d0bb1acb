package dev.trailcast.stream.trail;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How far the tail lags behind the journal, in time: how long ago what it lacks was announced. It
 * is measured by one announcement at a time: the first that is not there yet. Safe for use by many
 * threads.
 */
public final class Lag {
  /** What is less is the way from one thread to another, under load. */
  public static final Duration ALLOWED = Duration.ofSeconds(2);

  private static final long NONE = -1;

  private final LongSupplier nanoTime;
  private final BooleanSupplier current;

  // guarded by this; offsets
  private long announced;
  private long reached;
  private long awaited = NONE;
  private long since; // of a meaning while one is awaited

  /**
   * @param nanoTime as {@link System#nanoTime}
   * @param current whether the journal here has all that was recorded, as far as can be known
   */
  public Lag(LongSupplier nanoTime, BooleanSupplier current) {
    this.nanoTime = nanoTime;
    this.current = current;
  }

  /** Behind a journal that is always current. */
  public Lag(LongSupplier nanoTime) {
    this(nanoTime, () -> true);
  }

  /** Journal and tail are both here, whatever was before. */
  synchronized void beginAnew(long offset) {
    announced = offset;
    reached = offset;
    awaitNext();
  }

  /** The journal reaches up to here. */
  synchronized void announced(long offset) {
    announced = Math.max(announced, offset);
    if (awaited == NONE) {
      awaitNext();
    }
  }

  /** The tail reaches up to here. */
  synchronized void reached(long offset) {
    reached = offset;
    if (reached >= awaited) {
      awaitNext();
    }
  }

  private void awaitNext() {
    awaited = announced > reached ? announced : NONE;
    since = nanoTime.getAsLong();
  }

  /** Zero where it lacks nothing that was announced. */
  public synchronized Duration time() {
    return awaited == NONE ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - since);
  }

  /** Whether the tail is at the head of all that was recorded, but for what is on its way. */
  public boolean isAllowed() {
    return current.getAsBoolean() && keepsUp();
  }

  /** Whether the tail is at the journal's head, but for what is on its way. */
  public boolean keepsUp() {
    return time().compareTo(ALLOWED) <= 0;
  }
}
