package dev.trailcast.stream.delivery;

import dev.trailcast.security.Caller;
import dev.trailcast.security.Sessions;
import dev.trailcast.stream.wire.CloseReason;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A place among the readers. Whoever has been let in holds it in a {@code try}, so that it is given
 * back whatever happens; whoever stays longer {@link #occupy occupies} it, and {@link #leave
 * leaves} at its own end. Safe for use by many threads, but for {@code occupy} and {@code close},
 * which are for the one that was let in, or that it was handed to.
 */
public final class Seat implements AutoCloseable, Sessions.Member {
  /** What somebody does on a seat. For any thread. */
  public interface Stay {
    /**
     * It is to end. May be called more than once, and while it begins.
     *
     * @param reason why
     */
    void end(CloseReason reason);

    /** How it is getting on. */
    default ReaderStatus.Now now() {
      return new ReaderStatus.Now(ReaderStatus.State.SEARCHING, 0, false);
    }
  }

  // fixed at birth
  private final Readers readers;
  private final long number;
  private final Caller caller;
  private final Asked asked;
  private final Instant since = Instant.now();
  private final long sinceNanos = System.nanoTime();
  private final Instant end;
  private final Runnable givenBack;

  // safe by themselves
  private final AtomicReference<Stay> stay = new AtomicReference<>();
  private final AtomicReference<CloseReason> ended = new AtomicReference<>();
  private final AtomicBoolean left = new AtomicBoolean();

  // only the thread that was let in; read when it occupies
  private boolean occupied;
  private boolean resumed;

  /**
   * @param number which it is, counted from the first that was ever given
   * @param caller who has it
   * @param asked what for
   * @param end when whoever has it has to say anew who it is
   * @param givenBack is run once, when it is free again
   */
  Seat(Readers readers, long number, Caller caller, Asked asked, Instant end, Runnable givenBack) {
    this.readers = readers;
    this.number = number;
    this.caller = caller;
    this.asked = asked;
    this.end = end;
    this.givenBack = givenBack;
  }

  /**
   * Somebody stays, until it leaves. May be called again for what comes after: then the first stay
   * no longer counts.
   *
   * @param next is ended at once where the seat has been
   */
  public void occupy(Stay next) {
    occupied = true;
    stay.set(next);
    CloseReason reason = ended.get();
    if (reason != null) {
      next.end(reason);
    }
  }

  /**
   * Whoever has it begins its stream behind the newest.
   *
   * @param behind how many places of the journal lie before it
   * @param before whether it has been here before
   */
  public void beginsBehind(long behind, boolean before) {
    resumed = before;
    readers.beginsBehind(behind, before);
  }

  /** Whether whoever has it has been here before, and goes on where it was. */
  boolean isResumed() {
    return resumed;
  }

  /** For how long it has been taken, in nanoseconds. */
  long age() {
    return System.nanoTime() - sinceNanos;
  }

  /** What whoever has it came for. */
  Asked asked() {
    return asked;
  }

  /** Which it is. */
  long number() {
    return number;
  }

  Caller caller() {
    return caller;
  }

  /** Who has it, and how that is getting on; for the eyes, and not of one moment. */
  ReaderStatus status(String id) {
    Stay now = stay.get();
    return new ReaderStatus(
        id,
        caller.name(),
        caller.address(),
        since,
        asked,
        now == null ? new ReaderStatus.Now(ReaderStatus.State.SEARCHING, 0, false) : now.now());
  }

  /** Ends the stay of whoever has to say anew who it is. */
  void expire(Instant now) {
    if (!now.isBefore(end)) {
      end(CloseReason.EXPIRED);
    }
  }

  @Override
  public void sessionEnds() {
    end(CloseReason.EXPIRED);
  }

  /** Ends the stay of whoever has it now, or comes yet. The first reason counts. */
  void end(CloseReason reason) {
    if (ended.compareAndSet(null, reason)) {
      Stay now = stay.get();
      if (now != null) {
        now.end(reason);
      }
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
