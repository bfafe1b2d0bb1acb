package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import dev.trailcast.container.ContainerThreads;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.delivery.Seat;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Everybody who waits for a page. Safe for use by many threads. */
@ApplicationScoped
public class LongPolls {
  @Inject private Readers readers;

  private ManagedScheduledExecutorService scheduler;

  // guarded by itself: each with its time-out
  private final Map<LongPoll, Future<?>> waiting = new HashMap<>();

  @Inject
  void borrowThreads() {
    scheduler = ContainerThreads.scheduler();
  }

  /**
   * Has a request wait.
   *
   * @param offset up to which there was nothing to tell
   * @param hold for how long
   * @param seat is left when it has been answered
   */
  void await(View view, long offset, LongPoll.Request request, Duration hold, Seat seat) {
    LongPoll poll =
        new LongPoll(
            readers.trail().tail(),
            view,
            request,
            answered -> {
              forget(answered);
              seat.leave();
            });
    synchronized (waiting) {
      waiting.put(poll, scheduler.schedule(poll::finish, hold.toMillis(), TimeUnit.MILLISECONDS));
    }
    seat.occupy(poll);
    poll.await(offset);
  }

  /** How many wait now. */
  public int waiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  private void forget(LongPoll poll) {
    synchronized (waiting) {
      waiting.remove(poll).cancel(false);
    }
  }
}
