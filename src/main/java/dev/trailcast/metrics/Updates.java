package dev.trailcast.metrics;

import dev.trailcast.container.ContainerThreads;
import dev.trailcast.container.Enduring;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** Has what can't be read whenever somebody looks brought up to date, every second. */
public final class Updates {
  private static final Logger LOG = System.getLogger(Updates.class.getName());

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final List<Runnable> all = new ArrayList<>(); // complete before the first
  private Future<?> running; // null before

  /** One more, before it is started. */
  public void add(Runnable update) {
    all.add(new Enduring(LOG, "TRAIL0606E: A figure could not be told", update));
  }

  /** From now on, by one of these threads. */
  public void start(ContainerThreads threads) {
    running = threads.repeat(this::run, PERIOD, PERIOD);
  }

  /** Brings all of it up to date. */
  public void run() {
    all.forEach(Runnable::run);
  }

  /** No more. */
  public void stop() {
    if (running != null) {
      running.cancel(false);
    }
  }
}
