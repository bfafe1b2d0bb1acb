package dev.trailcast.stream.pump;

import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * When one reader's work is done, and among whom: it waits for a pump, has one, or neither. It
 * stands in one queue once at most, one pump at a time has it, and whatever it is woken for is
 * looked after by a pump that comes later. Safe for use by many threads.
 */
public final class Turn implements Delayed {
  /** What a pump does for a reader when it is its turn. */
  public interface Work {
    /**
     * Does some of it; the turn's own pump, and no other. May block in a write for as long as the
     * server lets it.
     *
     * @param out the thread's own
     * @param frames the thread's own
     * @param now the time, as {@link System#nanoTime} tells it
     */
    Next serve(WriteBuffer out, Frame[] frames, long now);

    /** When it last wrote, as {@link System#nanoTime} tells it. */
    long lastWrite();
  }

  /**
   * How it goes on.
   *
   * @param due when, as {@link System#nanoTime} tells it, where it is at a time
   */
  public record Next(Kind kind, long due) {
    /** How. */
    enum Kind {
      AT_ONCE,
      IN_COMPANY,
      AT_A_TIME,
      WHEN_WOKEN,
      NEVER
    }

    /** There is more to write. */
    public static final Next AT_ONCE = new Next(Kind.AT_ONCE, 0);

    /** There is more, but it can wait for company. */
    public static final Next IN_COMPANY = new Next(Kind.IN_COMPANY, 0);

    /** There is nothing to do until it is woken. */
    public static final Next WHEN_WOKEN = new Next(Kind.WHEN_WOKEN, 0);

    /** It has {@link Turn#end ended}. */
    public static final Next NEVER = new Next(Kind.NEVER, 0);

    /** There is something to do later. */
    public static Next at(long due) {
      return new Next(Kind.AT_A_TIME, due);
    }
  }

  private enum State {
    /** Not to be served yet. */
    NEW,
    /** Nothing to do. */
    IDLE,
    /** Waits for a pump. */
    QUEUED,
    /** A pump has it. */
    SERVED,
    /** A pump has it, and something came up since. */
    WOKEN,
    /** Over. */
    ENDED
  }

  /** About a minute while anybody stalls. */
  private static final int MOST_TO_BE_SEEN = 1_024;

  // fixed at birth
  private final Pumps pumps;
  private final Work work;

  // safe by themselves
  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
  private volatile boolean apart; // from those that keep up: it has held up a pump, or might
  private volatile long due; // when to serve it at the earliest; it stands in no queue meanwhile

  // written by the thread that looks for stalled readers
  private long backlog;
  private volatile boolean proven; // that it reads: it has taken as much as a write is
  private volatile boolean stuck; // it has stopped, and is not written to until it reads again
  private int seenToRead; // so often, since it was set apart
  private int toBeSeen = 1; // so often, until it is with the others again

  Turn(Pumps pumps, Work work) {
    this.pumps = pumps;
    this.work = work;
  }

  /** It is to be served from now on. Once. */
  public void begin() {
    state.set(State.QUEUED);
    queue();
  }

  /** Has it wait for a pump. */
  void queue() {
    try {
      pumps.add(this);
    } catch (Throwable e) {
      letGo();
      throw e;
    }
  }

  /** There is something to do for it. Costs next to nothing where it is known already. */
  public void wake() {
    if (woken()) {
      try {
        queueForCompany();
      } catch (Throwable e) {
        letGo();
        throw e;
      }
    }
  }

  /**
   * Something went wrong that nobody expects, as where memory has run out. It is served when it is
   * woken the next time, at the latest by a heartbeat.
   */
  private void letGo() {
    if (!hasEnded()) {
      state.set(State.IDLE);
    }
  }

  public boolean hasEnded() {
    return state.get() == State.ENDED;
  }

  /** From now on it is served apart from those that never held up a pump. */
  public void setApart() {
    apart = true;
  }

  public boolean isApart() {
    return apart;
  }

  /** Whether there is nothing to do for it. */
  public boolean isIdle() {
    return state.get() == State.IDLE;
  }

  /** Whether it has stopped reading, or is served apart because it had. */
  public boolean isStalled() {
    return stuck || apart;
  }

  /** Whether it may be written as much at a time as a write is: it reads, or may hold a thread. */
  public boolean isTrusted() {
    return proven || isApart() || !pumps.isProvable();
  }

  /** Whether it has stopped reading, and is to wait until it does again. */
  boolean isStuck() {
    return stuck && !apart;
  }

  /**
   * Finds out whether the reader reads. One thread at a time.
   *
   * @param queued how many bytes the kernel holds for it; 0 where it reads, as far as one can see
   */
  public void judge(long queued) {
    stuck = backlog > 0 && queued >= backlog;
    backlog = queued;
    if (queued == 0 && apart && isReprieved()) {
      apart = false;
      proven = true;
      pumps.reconsider(this);
    }
  }

  /**
   * Whether one that has held up a pump, and is not held in a write now, has been seen to read: a
   * moment's trouble is not to put it among those who stall for good. But each time it has to be
   * seen so twice as often.
   */
  private boolean isReprieved() {
    State now = state.get();
    if (now == State.SERVED || now == State.WOKEN || ++seenToRead < toBeSeen) {
      return false;
    }
    seenToRead = 0;
    toBeSeen = Math.min(2 * toBeSeen, MOST_TO_BE_SEEN);
    return true;
  }

  /** One that waits for its {@link Pumps#awaitingProof proof} goes on. */
  public void prove() {
    backlog = 0;
    stuck = false;
    proven = true;
    pumps.proven(this);
  }

  /** Does some of the work, on the thread of the pump that has taken it from the queue. */
  void serve(WriteBuffer out, Frame[] frames, long now) {
    if (!taken()) {
      return;
    }
    try {
      goOn(work.serve(out, frames, now));
    } catch (Throwable e) {
      letGo();
      throw e;
    }
  }

  private void goOn(Next next) {
    switch (next.kind()) {
      case AT_ONCE -> {
        givenBack();
        if (proven || !pumps.awaitProof(this)) {
          pumps.add(this);
        }
      }
      case IN_COMPANY -> {
        givenBack();
        queueForCompany();
      }
      case AT_A_TIME -> {
        givenBack();
        queueAt(next.due());
      }
      case WHEN_WOKEN -> {
        if (rested()) {
          queueForCompany();
        }
      }
      case NEVER -> {}
    }
  }

  /** Not before some time after its last write, so that there is more to write. */
  private void queueForCompany() {
    long delay = pumps.lingerNanos();
    if (delay == 0) {
      pumps.add(this);
    } else {
      queueAt(work.lastWrite() + delay);
    }
  }

  private void queueAt(long time) {
    due = time;
    pumps.addWhenDue(this);
  }

  /** How long it is to wait. */
  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    return Long.signum(due - ((Turn) other).due);
  }

  /**
   * Somebody has something to do for it.
   *
   * @return whether the caller has to queue it
   */
  boolean woken() {
    while (true) {
      State now = state.get();
      if (now == State.IDLE) {
        if (state.compareAndSet(State.IDLE, State.QUEUED)) {
          return true;
        }
      } else if (now != State.SERVED || state.compareAndSet(State.SERVED, State.WOKEN)) {
        return false;
      }
    }
  }

  /**
   * A pump takes it from the queue.
   *
   * @return false if it has ended, and is not to be served
   */
  boolean taken() {
    return state.compareAndSet(State.QUEUED, State.SERVED);
  }

  /** The pump lets go of it with something left to do. The caller queues it. */
  void givenBack() {
    state.set(State.QUEUED);
  }

  /**
   * The pump lets go of it with nothing left to do, as far as it knows.
   *
   * @return whether something came up meanwhile, and the caller has to queue it
   */
  boolean rested() {
    if (state.compareAndSet(State.SERVED, State.IDLE)) {
      return false;
    }
    state.set(State.QUEUED);
    return true;
  }

  /** It is over; only the pump that has it ends it. */
  public void end() {
    state.set(State.ENDED);
  }
}
