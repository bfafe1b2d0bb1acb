package dev.trailcast.stream;

import dev.trailcast.activity.View;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Everybody who waits for a page. Safe for use by many threads. */
@ApplicationScoped
public class LongPolls {
  @Inject private Broadcaster broadcaster;

  @Resource(lookup = "java:comp/DefaultManagedExecutorService")
  private ManagedExecutorService executor;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  private ManagedScheduledExecutorService scheduler;

  // guarded by itself: each with its time-out
  private final Map<LongPoll, Future<?>> waiting = new HashMap<>();
  private volatile boolean draining;

  /**
   * Has a request wait.
   *
   * @param offset up to which there was nothing to tell
   * @param hold for how long
   * @param left is run when it has been answered
   */
  void await(View view, long offset, LongPoll.Attempt attempt, Duration hold, Runnable left) {
    LongPoll poll =
        new LongPoll(
            broadcaster.trail().tail(),
            view,
            attempt,
            executor,
            answered -> {
              forget(answered);
              left.run();
            });
    synchronized (waiting) {
      waiting.put(poll, scheduler.schedule(poll::end, hold.toMillis(), TimeUnit.MILLISECONDS));
    }
    if (draining) {
      poll.end();
    }
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
      waiting.notifyAll();
    }
  }

  /** Has all of them answered now, because the application goes, and waits for that so long. */
  void drain(Duration time) throws InterruptedException {
    draining = true;
    long deadline = System.nanoTime() + time.toNanos();
    List<LongPoll> all;
    synchronized (waiting) {
      all = List.copyOf(waiting.keySet());
    }
    all.forEach(LongPoll::end);
    synchronized (waiting) {
      long left = time.toMillis();
      while (!waiting.isEmpty() && left > 0) {
        waiting.wait(left);
        left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      }
    }
  }

  /** Lets requests wait again after a drain, for the application does not end after all. */
  void reopen() {
    draining = false;
  }
}
