package dev.trailcast.ingest;

import dev.trailcast.http.Problem;
import dev.trailcast.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Everybody who sends a body now. They are bounded in number, for each holds a thread of the
 * server's while its body comes and while the disk is waited for, and readers need some, too; and
 * in what they have in memory. Who has no room is told to come again.
 *
 * <p>An address gets as much as it leaves free (Choudhury and Hahne's dynamic thresholds, of
 * switches that share a buffer): of 24 places one that is alone gets 12, and three get 6 each in
 * the end. So neither one nor two keep out all others, though nobody knows beforehand how many
 * there will be. And each caller has {@link Quotas quotas} of what it brings in a time. Safe for
 * use by many threads.
 */
@ApplicationScoped
public class Publishers {
  /** How long somebody waits for a place, as long as others get theirs: a burst passes so. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final LongSupplier clock;
  private final Places bodies;
  private final Places lines;
  private final Held held;
  private final Quotas quotas;
  private final LongAdder withoutRoom = new LongAdder();
  private final LongAdder overQuota = new LongAdder();

  /** Nobody is there yet. */
  @Inject
  public Publishers(IngestSettings settings) {
    this(settings, System::nanoTime);
  }

  /** For the client proxy that CDI makes. */
  Publishers() {
    clock = null;
    bodies = null;
    lines = null;
    held = null;
    quotas = null;
  }

  /**
   * @param clock nanoseconds, as {@link System#nanoTime}
   */
  Publishers(IngestSettings settings, LongSupplier clock) {
    this.clock = clock;
    this.bodies = new Places(settings.bodies().maxBodiesAtOnce());
    this.lines = new Places(settings.bodies().maxLinesAtOnce());
    this.held = new Held(settings.bodies().maxHeldBytes());
    this.quotas = new Quotas(settings, clock);
  }

  /**
   * Lets somebody in who brings one activity or an array.
   *
   * @throws WebApplicationException 503 if too many are there, or of its address
   */
  public Allowance enter(Caller caller) {
    return new Allowance(bodies, caller);
  }

  /**
   * Lets somebody in who brings lines.
   *
   * @throws WebApplicationException 503 if too many are there, or of its address
   */
  Allowance enterWithLines(Caller caller) {
    return new Allowance(lines, caller);
  }

  /** How many were turned away because others took all places or all room. */
  public long withoutRoom() {
    return withoutRoom.sum();
  }

  /** How many were turned away because their caller brought more than it may in a time. */
  public long overQuota() {
    return overQuota.sum();
  }

  private WebApplicationException refusal(String why) {
    withoutRoom.increment();
    return Problem.unavailable(why, RETRY).exception();
  }

  /** A number of places, of which an address gets as many as it leaves free. */
  private final class Places {
    private final int most;

    // guarded by this
    private final Map<String, Integer> taken = new HashMap<>();
    private int takenByAll;
    private long lastLeft = clock.getAsLong();

    Places(int most) {
      this.most = most;
    }

    /**
     * Nobody waits where for so long nobody has left: those who are there are stuck, and whoever
     * waits takes a thread of the server's, too.
     */
    synchronized void take(String address) {
      long until = lastLeft + PATIENCE.toNanos();
      while (!isFree(address)) {
        long patience = until - clock.getAsLong();
        if (patience <= 0 || !waits(patience)) {
          throw refusal(
              "As many bodies as may, %d at a time and of an address no more than it leaves free, are being read or wait for the disk."
                  .formatted(most));
        }
      }
      takenByAll++;
      taken.merge(address, 1, Integer::sum);
    }

    private boolean isFree(String address) {
      return taken.getOrDefault(address, 0) < most - takenByAll;
    }

    private boolean waits(long nanos) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    synchronized void leave(String address) {
      lastLeft = clock.getAsLong();
      takenByAll--;
      taken.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
      notifyAll();
    }
  }

  /**
   * What all bodies have in memory, of which those of an address get as much as they leave free.
   */
  private final class Held {
    private final long most;

    // guarded by this
    private final Map<String, Long> bytes = new HashMap<>();
    private long bytesOfAll;

    Held(long most) {
      this.most = most;
    }

    synchronized void add(String address, long more) {
      long ofAddress = bytes.getOrDefault(address, 0L) + more;
      if (ofAddress > most - bytesOfAll - more) {
        throw refusal(
            "All bodies that are being read have %d bytes together, those of an address no more than they leave free, and there is no room for more."
                .formatted(most));
      }
      bytesOfAll += more;
      bytes.put(address, ofAddress);
    }

    synchronized void giveBack(String address, long less) {
      bytesOfAll -= less;
      bytes.computeIfPresent(address, (key, count) -> count == less ? null : count - less);
    }
  }

  /** What one publisher has: a place, and room for what it sends. For one thread. */
  public final class Allowance implements AutoCloseable {
    private final Places places;
    private final Caller caller;
    private final String address;
    private long bytes;

    private Allowance(Places places, Caller caller) {
      this.places = places;
      this.caller = caller;
      this.address = caller.network();
      places.take(address);
    }

    /**
     * Has so much counted as brought, before any of it is recorded.
     *
     * @param bytes as they were sent, unpacked
     * @throws OverQuotaException if its caller has brought too much already in this time; nothing
     *     is counted
     * @throws WebApplicationException 413 if it is too much at any time
     */
    public void spend(int activities, long bytes) {
      try {
        quotas.spend(caller, activities, bytes);
      } catch (OverQuotaException e) {
        overQuota.increment();
        throw e;
      }
    }

    /**
     * Takes room for so many bytes more.
     *
     * @throws WebApplicationException 503 if there is none
     */
    public void hold(long more) {
      held.add(address, more);
      bytes += more;
    }

    /** Gives everything back. */
    @Override
    public void close() {
      held.giveBack(address, bytes);
      places.leave(address);
    }
  }
}
