package dev.trailcast.ingest;

import dev.trailcast.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Everybody who sends a body now. They are bounded in number, for each holds a thread of the
 * server's while its body comes and while the disk is waited for, and readers need some, too; and
 * in what they have in memory. Who has no room is told to come again. Safe for use by many threads.
 */
@ApplicationScoped
public class Publishers {
  /** How long somebody waits for a place, as long as others get theirs: a burst passes so. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final IngestSettings settings;
  private final LongSupplier clock;
  private final Places bodies;
  private final Places lines;
  private final AtomicLong held = new AtomicLong();
  private final LongAdder refused = new LongAdder();

  /** Nobody is there yet. */
  @Inject
  public Publishers(IngestSettings settings) {
    this(settings, System::nanoTime);
  }

  /** For the client proxy that CDI makes. */
  Publishers() {
    settings = null;
    clock = null;
    bodies = null;
    lines = null;
  }

  /**
   * @param clock nanoseconds, as {@link System#nanoTime}
   */
  Publishers(IngestSettings settings, LongSupplier clock) {
    this.settings = settings;
    this.clock = clock;
    this.bodies = new Places(settings.bodies().maxBodiesAtOnce());
    this.lines = new Places(settings.bodies().maxLinesAtOnce());
  }

  /**
   * Lets somebody in who brings one activity or an array.
   *
   * @throws WebApplicationException 503 if too many are there
   */
  Allowance enter() {
    return new Allowance(bodies);
  }

  /**
   * Lets somebody in who brings lines.
   *
   * @throws WebApplicationException 503 if too many are there
   */
  Allowance enterWithLines() {
    return new Allowance(lines);
  }

  /** How many were turned away. */
  public long refused() {
    return refused.sum();
  }

  private WebApplicationException refusal(String why) {
    refused.increment();
    return Problem.unavailable(why, RETRY).exception();
  }

  /** A number of places. */
  private final class Places {
    private final int most;
    private final Semaphore free;
    private volatile long lastLeft = clock.getAsLong();

    Places(int most) {
      this.most = most;
      this.free = new Semaphore(most);
    }

    void take() {
      if (!free.tryAcquire() && !cameFree(lastLeft)) {
        throw refusal(
            "As many bodies as may, %d at a time, are being read or wait for the disk."
                .formatted(most));
      }
    }

    /**
     * Nobody waits where for so long nobody has left: those who are there are stuck, and whoever
     * waits takes a thread of the server's, too.
     */
    private boolean cameFree(long left) {
      long patience = left + PATIENCE.toNanos() - clock.getAsLong();
      try {
        return patience > 0 && free.tryAcquire(patience, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    void leave() {
      lastLeft = clock.getAsLong();
      free.release();
    }
  }

  /** What one publisher has: a place, and room for what it sends. For one thread. */
  final class Allowance implements AutoCloseable {
    private final Places places;
    private long bytes;

    private Allowance(Places places) {
      places.take();
      this.places = places;
    }

    /**
     * Takes room for so many bytes more.
     *
     * @throws WebApplicationException 503 if there is none
     */
    void hold(long more) {
      long most = settings.bodies().maxHeldBytes();
      if (held.addAndGet(more) > most) {
        held.addAndGet(-more);
        throw refusal(
            "All bodies that are being read have %d bytes together, and there is no room for more."
                .formatted(most));
      }
      bytes += more;
    }

    /** Gives everything back. */
    @Override
    public void close() {
      held.addAndGet(-bytes);
      places.leave();
    }
  }
}
