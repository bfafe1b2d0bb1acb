package dev.trailcast.stream;

import dev.trailcast.journal.Appended;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Lays the trail when the application starts, and takes it up when it ends: the readers first,
 * while they can still be written to, then the threads.
 */
@ApplicationScoped
public class TrailLifecycle {
  private static final System.Logger LOG = System.getLogger(TrailLifecycle.class.getName());

  /** Threads that read the journal for readers who are behind. */
  private static final int HISTORY_READERS = 2;

  private static final Duration LOOK_FOR_STALLED = Duration.ofMillis(50);

  @Inject private StreamSettings settings;
  @Inject private JournalReader journal;
  @Inject private Broadcaster broadcaster;
  @Inject private LongPolls polls;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  private ManagedScheduledExecutorService scheduler;

  private volatile TailFiller filler;
  private volatile History history;
  private Pumps pumps;
  private Thread filling;
  private final Compression compression = new Compression();
  private ServerStop serverStop;
  private final List<ScheduledFuture<?>> scheduled = new ArrayList<>();

  /**
   * Starts with the application, not with its first reader, whom it would have to turn away until
   * the tail is filled. Where the journal can't be read, the application starts all the same.
   */
  void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
    pumps = new Pumps(settings.pumps(), threads);
    pumps.start();
    filler = new TailFiller(journal, settings.tail());
    filler.filled().thenAccept(this::open);
    fillTail();
    filling = threads.newThread(filler);
    filling.start();
    Heartbeat heartbeat = new Heartbeat(settings.wire().heartbeat(), broadcaster.subscribers());
    schedule(heartbeat, heartbeat.period());
    SendQueues queues = new SendQueues();
    VanishDetector vanished =
        new VanishDetector(settings.wire().heartbeat(), broadcaster.subscribers(), queues);
    schedule(vanished, vanished.period());
    schedule(
        new StallDetector(pumps, broadcaster.subscribers(), queues, System::nanoTime),
        LOOK_FOR_STALLED);
    serverStop = new ServerStop(this::drain, this::reopen);
  }

  private void schedule(Runnable task, Duration period) {
    long delay = period.toNanos();
    scheduled.add(scheduler.scheduleWithFixedDelay(task, delay, delay, TimeUnit.NANOSECONDS));
  }

  private void open(Tail tail) {
    history = new History(journal, tail);
    for (int i = 0; i < HISTORY_READERS; i++) {
      threads.newThread(history).start();
    }
    RetryDelay retry = new RetryDelay(settings.wire().retry(), settings.drain().retry());
    Trail trail = new Trail(tail, history, pumps, compression, retry);
    new Rehearsal(trail).run();
    broadcaster.open(trail);
  }

  /** Now, for threads of an application may have to wait until it has started. */
  private void fillTail() {
    try {
      filler.fill();
    } catch (JournalException e) {
      LOG.log(System.Logger.Level.WARNING, "The journal can't be read yet; readers have to wait");
    }
  }

  /** Only takes note: this is the thread that makes activities durable. */
  void onAppended(@Observes @Appended JournalPage page) {
    if (filler != null) { // before it starts it has no need to: it reads the journal then
      filler.note(page);
    }
  }

  /** What a restart would mend: a thread of the trail that has ended. */
  public boolean isAlive() {
    return filling != null && filling.isAlive() && pumps.areAlive();
  }

  /** The last moment at which streams can still be written, on a redeploy and on a removal. */
  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
    drain();
  }

  private void drain() {
    try {
      polls.drain(settings.drain().timeout());
      broadcaster.drain(settings.drain().timeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server has no time left
    }
  }

  private void reopen() {
    broadcaster.reopen();
    polls.reopen();
  }

  @PreDestroy
  void stop() {
    scheduled.forEach(task -> task.cancel(false));
    if (serverStop != null) {
      serverStop.forget();
    }
    if (filling != null) {
      filler.stop();
      filling.interrupt();
      pumps.stop();
    }
    if (history != null) {
      history.stop();
    }
    compression.end();
  }
}
