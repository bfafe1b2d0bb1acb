package dev.trailcast.container;

import java.util.function.LongSupplier;

/**
 * A step that a container takes again and again, and whether it goes on with that. It is not asked
 * for that: where it can't give a thread what the application's have it gives up in silence, and
 * what it says of the future differs (on Open Liberty one that goes on is done between two steps).
 */
final class Repetition implements Runnable {
  private final Runnable step;
  private final long patience; // nanoseconds
  private final LongSupplier nanoTime;

  private volatile boolean running;
  private volatile long ended; // when the last one did; in the beginning, when one is to begin

  /**
   * @param first when it is to be taken, by the clock
   * @param patience for how long it may not be taken then and later, in nanoseconds
   */
  Repetition(Runnable step, long first, long patience, LongSupplier nanoTime) {
    this.step = step;
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.ended = first;
  }

  @Override
  public void run() {
    running = true;
    try {
      step.run();
    } finally {
      ended = nanoTime.getAsLong();
      running = false;
    }
  }

  /** Whether it is taken, or was not long ago. */
  boolean goesOn() {
    return running || nanoTime.getAsLong() - ended < patience;
  }
}
