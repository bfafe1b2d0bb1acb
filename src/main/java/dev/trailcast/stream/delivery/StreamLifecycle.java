package dev.trailcast.stream.delivery;

import dev.trailcast.container.ContainerThreads;
import dev.trailcast.container.Enduring;
import dev.trailcast.journal.Announcements;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.security.Grants;
import dev.trailcast.server.ServerStop;
import dev.trailcast.stream.pump.PumpCount;
import dev.trailcast.stream.pump.Pumps;
import dev.trailcast.stream.search.SearchLimits;
import dev.trailcast.stream.search.Searches;
import dev.trailcast.stream.trail.History;
import dev.trailcast.stream.trail.Lag;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.trail.TailFiller;
import dev.trailcast.stream.trail.TailSize;
import dev.trailcast.stream.trail.Trail;
import dev.trailcast.stream.wire.Compression;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lays the trail when the application starts, and takes it up when it ends: the readers first,
 * while they can still be written to, then the threads.
 */
@ApplicationScoped
public class StreamLifecycle {
  private static final System.Logger LOG = System.getLogger(StreamLifecycle.class.getName());

  /** Threads that read the journal for readers who are behind. */
  private static final int HISTORY_READERS = 2;

  private static final Duration LOOK_FOR_EXPIRED = Duration.ofSeconds(1);

  private static final Duration LOOK_FOR_STALLED = Duration.ofMillis(50);

  @Inject private DeliverySettings settings;
  @Inject private TailSize tailSize;
  @Inject private SearchLimits searchLimits;
  @Inject private PumpCount pumpCount;
  @Inject private JournalReader journal;
  @Inject private Announcements announcements;
  @Inject private Readers readers;
  @Inject private Grants grants;

  // made before anything is appended, and started with the application
  private ContainerThreads threads;
  private TailFiller filler;
  private Pumps pumps;
  private final Compression compression = new Compression();
  private final Lag lag = new Lag(System::nanoTime, () -> journal.isCurrent());

  // what is to be ended, the last one first; guarded by itself
  private final Deque<Runnable> running = new ArrayDeque<>();

  private final AtomicBoolean started = new AtomicBoolean();

  // safe by itself: the threads that last
  private final List<Thread> lasting = new CopyOnWriteArrayList<>();
  private volatile boolean couldNotOpen;

  @Inject
  void borrowThreads(ContainerThreads threads) {
    this.threads = threads;
  }

  @PostConstruct
  void prepare() {
    filler = new TailFiller(journal, tailSize, lag);
    announcements.onAppended(filler::note);
    pumps = new Pumps(pumpCount, threads.factory());
  }

  /**
   * Starts with the application, not with its first reader, whom it would have to turn away until
   * the tail is filled. Where the journal can't be read, the application starts all the same.
   *
   * <p>Once, also where the beginning is announced for more than one part of the application: a
   * second set of threads would fill the same tail.
   */
  void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
    if (!started.compareAndSet(false, true)) {
      return;
    }
    OpenFiles.ofThisProcess()
        .tooFewFor(settings.readers().max())
        .ifPresent(said -> LOG.log(System.Logger.Level.WARNING, "TRAIL0406W: " + said));
    pumps.start();
    atTheEnd(pumps::stop);
    filler.filled().thenAccept(this::open).whenComplete(this::sayIfNotOpen);
    fillTail();
    Thread filling = startThread(filler);
    atTheEnd(
        () -> {
          filler.stop();
          filling.interrupt();
        });
    watchReaders();
    ServerStop stop = new ServerStop(this::drain, readers::reopen);
    atTheEnd(stop::forget);
  }

  private void open(Tail tail) {
    History history = new History(journal, tail);
    for (int i = 0; i < HISTORY_READERS; i++) {
      startThread(history);
    }
    atTheEnd(history::stop);
    HangUps hangUps = new HangUps(new SendQueues(), System::nanoTime);
    Searches searches = new Searches(searchLimits, hangUps::include, threads.factory());
    for (int i = 0; i < searchLimits.threads(); i++) {
      startThread(searches);
    }
    atTheEnd(searches::stop);
    new Rehearsal(compression, tail.head()).run();
    readers.open(new Trail(tail, history, searches, lag, compression), pumps);
  }

  private Thread startThread(Runnable part) {
    Thread thread = threads.factory().newThread(part);
    lasting.add(thread);
    thread.start();
    return thread;
  }

  private void sayIfNotOpen(Void opened, Throwable failure) {
    if (failure != null) { // nobody else looks at it, and readers would wait in silence
      couldNotOpen = true;
      LOG.log(
          System.Logger.Level.ERROR,
          "TRAIL0407E: The trail could not be opened; readers have to wait",
          failure);
    }
  }

  /** Now, for threads of an application may have to wait until it has started. */
  private void fillTail() {
    try {
      filler.fill();
    } catch (JournalException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "TRAIL0408W: The journal can't be read yet; readers have to wait");
    }
  }

  private void watchReaders() {
    Collection<Subscriber> subscribers = readers.subscribers();
    SendQueues queues = new SendQueues();
    Heartbeat heartbeat = new Heartbeat(settings.wire().heartbeat(), subscribers);
    schedule(heartbeat, heartbeat.period());
    VanishDetector vanished = new VanishDetector(settings.wire().heartbeat(), subscribers, queues);
    schedule(vanished, vanished.period());
    schedule(() -> readers.expire(Instant.now()), LOOK_FOR_EXPIRED);
    grants.onAskAnew(readers::askAnew);
    schedule(new StallDetector(pumps, subscribers, queues), LOOK_FOR_STALLED);
  }

  private void schedule(Runnable task, Duration period) {
    Runnable enduring = new Enduring(LOG, "TRAIL0409E: Readers could not be watched", task);
    Future<?> repeated = threads.repeat(enduring, period, period);
    atTheEnd(() -> repeated.cancel(false));
  }

  private void atTheEnd(Runnable ending) {
    synchronized (running) {
      running.push(ending);
    }
  }

  /** Whether nothing is broken that a restart would mend: a thread of the trail that has ended. */
  public boolean isAlive() {
    return !couldNotOpen && lasting.stream().allMatch(Thread::isAlive) && pumps.areAlive();
  }

  /** Why readers do not get what is recorded, in words for an operator; empty if they do. */
  public Optional<String> problem() {
    if (couldNotOpen) {
      return Optional.of("the trail could not be opened, as the log says: restart the application");
    } else if (!readers.isOpen()) {
      return Optional.of("the newest activities have not been read from the journal yet");
    } else if (readers.isDraining()) {
      return Optional.of("the application ends: readers are sent elsewhere, and nobody is let in");
    }
    return lag.keepsUp()
        ? Optional.empty()
        : Optional.of("readers are %d s behind the journal".formatted(lag.time().toSeconds()));
  }

  /** The last moment at which streams can still be written, on a redeploy and on a removal. */
  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
    drain();
  }

  private void drain() {
    try {
      readers.drain(settings.drain().timeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server has no time left
    }
  }

  @PreDestroy
  void stop() {
    synchronized (running) {
      for (Runnable ending : running) {
        new Enduring(LOG, "TRAIL0410E: A part of the stream could not be ended", ending).run();
      }
    }
    compression.end();
  }
}
