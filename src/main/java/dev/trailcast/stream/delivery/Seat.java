package dev.trailcast.stream.delivery;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A place among the readers. Whoever has been let in holds it in a {@code try}, so that it is given
 * back whatever happens; whoever stays longer {@link #occupy occupies} it, and {@link #leave
 * leaves} at its own end. Safe for use by many threads, but for {@code occupy} and {@code close},
 * which are for the one that was let in, or that it was handed to.
 */
public final class Seat implements AutoCloseable {
  private static final Runnable DRAINED = () -> {};

  // fixed at birth
  private final Readers readers;
  private final Instant end;
  private final Runnable givenBack;

  // safe by themselves
  private final AtomicReference<Runnable> onDrain = new AtomicReference<>();
  private final AtomicBoolean left = new AtomicBoolean();

  // only the thread that was let in
  private boolean occupied;

  /**
   * @param end when whoever gets it has to say anew who it is
   * @param givenBack is run once, when it is free again
   */
  Seat(Readers readers, Instant end, Runnable givenBack) {
    this.readers = readers;
    this.end = end;
    this.givenBack = givenBack;
  }

  /**
   * Somebody stays, until it leaves. May be called again for what comes after: then the first end
   * no longer counts.
   *
   * @param end ends its stay because the application ends; called once, perhaps at once
   */
  public void occupy(Runnable end) {
    occupied = true;
    if (onDrain.getAndUpdate(known -> known == DRAINED ? DRAINED : end) == DRAINED) {
      end.run();
    }
  }

  /** When whoever has it has to say anew who it is; {@link Instant#MAX} for never. */
  Instant end() {
    return end;
  }

  /** Ends the stay of whoever has it now, or comes yet. */
  void drain() {
    Runnable end = onDrain.getAndSet(DRAINED);
    if (end != null) {
      end.run();
    }
  }

  /** Gives it back, once. */
  public void leave() {
    if (left.compareAndSet(false, true)) {
      givenBack.run();
      readers.left(this);
    }
  }

  /** Gives it back where nobody has occupied it. */
  @Override
  public void close() {
    if (!occupied) {
      leave();
    }
  }
}
