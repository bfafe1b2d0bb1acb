package dev.trailcast.stream.search;

import dev.trailcast.container.Enduring;
import dev.trailcast.journal.JournalException;
import dev.trailcast.stream.wire.Connection;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Looks for things in the journal, a few at a time, on threads of its own: what a request costs
 * there has a bound, and takes no thread of the server's.
 *
 * <p>A stretch at a time is looked through for the one that has had the least of their time. So one
 * that is soon done waits for no long one, and all that are long come on alike. Each ends when it
 * is over, or when its number of activities or its time is at an end, or nobody waits for it any
 * more; then whoever asked is told what was found by then.
 *
 * <p>Safe for use by many threads.
 */
public final class Searches implements Runnable {
  private static final System.Logger LOG = System.getLogger(Searches.class.getName());

  /** Whether somebody has gone is looked up only where there is as much to be saved. */
  private static final long WORTH_A_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long IDLE_SECONDS = 10;

  /** Whoever has something looked for. */
  public interface Asker<T> {
    /** Whether it still waits. Asked again and again, and not to take long. */
    boolean waits();

    /** What was found, all of it or a part. It may block, as long as a write may. */
    void receive(T found);

    /** The journal could not be read, or something else went wrong. */
    void fail(Throwable problem);
  }

  // fixed at birth
  private final SearchLimits limits;
  private final Predicate<Connection> hasHungUp;
  private final Executor answering;

  // guarded by this
  private final PriorityQueue<UnderWay<?>> waiting =
      new PriorityQueue<>(
          Comparator.<UnderWay<?>>comparingLong(each -> each.spent)
              .thenComparing(each -> each.begun, (one, other) -> Long.signum(one - other)));
  private int taken; // of the places
  private boolean stopped;

  /** One that is looked for. */
  private static final class UnderWay<T> {
    // fixed at birth
    private final Search<T> search;
    private final Connection connection;
    private final Asker<T> asker;
    private final Runnable end;
    private final long begun = System.nanoTime();

    // only the thread that looks on
    private long spent;
    private long looked;

    /**
     * @param end is run when it has been answered
     */
    UnderWay(Search<T> search, Connection connection, Asker<T> asker, Runnable end) {
      this.search = search;
      this.connection = connection;
      this.asker = asker;
      this.end = end;
    }

    void lookOn() {
      long now = System.nanoTime();
      looked += search.lookOn();
      spent += System.nanoTime() - now;
    }

    void answer(Throwable problem) {
      try {
        if (problem == null) {
          asker.receive(search.found());
        } else {
          asker.fail(problem);
        }
      } catch (RuntimeException | Error e) {
        Enduring.log(LOG, Level.ERROR, "TRAIL0414E: What was found could not be answered", e);
      } finally {
        end.run();
      }
    }
  }

  /**
   * @param hasHungUp whether the other side of a connection has gone, as far as is known
   * @param threads answer
   */
  public Searches(SearchLimits limits, Predicate<Connection> hasHungUp, ThreadFactory threads) {
    this.limits = limits;
    this.hasHungUp = hasHungUp;
    this.answering =
        new ThreadPoolExecutor(
            0,
            limits.max(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads,
            (task, pool) -> task.run());
  }

  /**
   * Begins to look for something.
   *
   * @param connection of whoever asks
   * @return false if there are too many others; then it is not begun
   */
  public <T> boolean begin(Search<T> search, Connection connection, Asker<T> asker) {
    synchronized (this) {
      if (taken >= limits.max()) {
        return false;
      }
      taken++;
    }
    add(new UnderWay<>(search, connection, asker, this::giveBack));
    return true;
  }

  /**
   * The same for somebody who has a place already, among the readers: there is a bound on them, and
   * none of its own on what they have looked for.
   */
  public <T> void beginSeated(Search<T> search, Connection connection, Asker<T> asker) {
    add(new UnderWay<>(search, connection, asker, () -> {}));
  }

  private synchronized void giveBack() {
    taken--;
  }

  private void add(UnderWay<?> one) {
    synchronized (this) {
      if (!stopped) {
        waiting.add(one);
        notifyAll();
        return;
      }
    }
    answer(one, null);
  }

  /** How many there are now, with those that are being answered; without those with a seat. */
  public synchronized int underWay() {
    return taken;
  }

  /** Ends them all, with what was found by now. */
  public void stop() {
    synchronized (this) {
      stopped = true;
      notifyAll();
    }
    for (UnderWay<?> rest = poll(); rest != null; rest = poll()) {
      answer(rest, null);
    }
  }

  private synchronized UnderWay<?> poll() {
    return waiting.poll();
  }

  /** Looks on; as many threads may run it as shall look at a time. */
  @Override
  public void run() {
    Thread.currentThread().setName("trailcast-search");
    boolean goesOn = true;
    while (goesOn) {
      try {
        UnderWay<?> one = next();
        goesOn = one != null;
        if (goesOn) {
          lookOn(one);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the server takes its threads back
        goesOn = false;
      } catch (Throwable e) { // an Error, too, ends a step and not the thread
        Enduring.log(LOG, Level.ERROR, "TRAIL0415E: A search could not be gone on with", e);
      }
    }
  }

  private synchronized UnderWay<?> next() throws InterruptedException {
    while (waiting.isEmpty() && !stopped) {
      wait();
    }
    return stopped ? null : waiting.remove();
  }

  private void lookOn(UnderWay<?> one) {
    Throwable problem = null;
    try {
      if (!isOver(one)) {
        one.lookOn();
        if (!isOver(one)) {
          add(one);
          return;
        }
      }
    } catch (JournalException e) {
      problem = e;
    } catch (RuntimeException | Error e) {
      Enduring.log(LOG, Level.ERROR, "TRAIL0416E: The journal could not be searched", e);
      problem = e;
    }
    answer(one, problem);
  }

  private boolean isOver(UnderWay<?> one) {
    return one.search.isOver()
        || one.looked >= limits.activities()
        || (one.looked > 0 && System.nanoTime() - one.begun >= limits.time().toNanos())
        || !one.asker.waits()
        || (one.spent >= WORTH_A_LOOK_NANOS && hasHungUp.test(one.connection));
  }

  private void answer(UnderWay<?> one, Throwable problem) {
    try {
      answering.execute(() -> one.answer(problem));
    } catch (RuntimeException | Error e) { // there is no thread to be had
      one.answer(problem);
    }
  }
}
