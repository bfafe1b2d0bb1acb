package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import dev.trailcast.container.ContainerThreads;
import dev.trailcast.measure.CountsBy;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.delivery.Seat;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Everybody who waits for a page. Safe for use by many threads. */
@ApplicationScoped
public class LongPolls {
  /** How a request is answered that has waited. */
  public enum Outcome {
    /** There was something to tell. */
    NEWS,
    /** Its time was over, or the application ended. */
    NOTHING,
    /** An administrator has ended it. */
    ENDED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Inject private Readers readers;

  private final CountsBy<Outcome> answered = new CountsBy<>(Outcome.class); // safe by itself

  private ManagedScheduledExecutorService scheduler;

  // guarded by itself: each with its time-out
  private final Map<LongPoll, Future<?>> waiting = new HashMap<>();

  @Inject
  void borrowThreads(ContainerThreads threads) {
    scheduler = threads.scheduler();
  }

  /**
   * Has a request wait.
   *
   * @param offset up to which there was nothing to tell
   * @param hold for how long
   * @param seat is left when it has been answered
   */
  void await(View view, long offset, LongPoll.Request request, Duration hold, Seat seat) {
    LongPoll waits =
        new LongPoll(
            readers.trail().tail(),
            view,
            request,
            poll -> {
              answered.increment(poll.outcome());
              forget(poll);
              seat.leave();
            });
    synchronized (waiting) {
      waiting.put(waits, scheduler.schedule(waits::finish, hold.toMillis(), TimeUnit.MILLISECONDS));
    }
    seat.occupy(waits);
    waits.await(offset);
  }

  /** How many wait now. */
  public int waiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  /** How many have waited, and how they were answered. */
  public CountsBy<Outcome> answered() {
    return answered;
  }

  private void forget(LongPoll poll) {
    synchronized (waiting) {
      waiting.remove(poll).cancel(false);
    }
  }
}
