package dev.trailcast.journal.kafka;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Bookmarks;
import dev.trailcast.journal.CopyStatus;
import dev.trailcast.journal.Erased;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalFigures;
import dev.trailcast.journal.JournalFullException;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.JournalStatus;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.NodeJournal;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.queue.Append;
import dev.trailcast.journal.queue.AppendQueue;
import dev.trailcast.journal.store.BookmarkFiles;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.ReaderPool;
import dev.trailcast.journal.store.SqliteReader;
import dev.trailcast.journal.store.StoreKind;
import dev.trailcast.journal.writer.JournalSettings;
import dev.trailcast.journal.writer.Reach;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * The journal of a node whose order is that of a topic of Apache Kafka, of which it has a copy. It
 * never gives up: where the brokers are away, or the directory can't be used, {@link #status} says
 * what is wrong, appends are refused, readers are given what is here, and it goes on by itself once
 * it can.
 *
 * <p>An append is answered when its records have come back from the topic: then they are as durable
 * as the topic is, and this node's readers are on their way to have them. What hangs on a receipt
 * or is announced runs on the one thread that copies: it should only take note.
 */
public final class KafkaJournal implements NodeJournal {
  private static final Logger LOG = System.getLogger(KafkaJournal.class.getName());

  /** For what is queued; then as long again for what was sent. */
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(4);

  /** Asked for and not done. */
  private static final int MOST_ERASURES = 100;

  private final ThreadFactory threads;
  private final Database database;
  private final AppendQueue queue;
  private final InFlight inFlight;
  private final ReaderPool readers;
  private final Reach reach;
  private final JournalReader reader;
  private final BookmarkFiles bookmarks;
  private final Skipped skipped;
  private final Copy copy;
  private final Watch watch;
  private final Copier copier;
  private final Publisher publisher;
  private final Semaphore erasures = new Semaphore(MOST_ERASURES);

  // in the order in which they end; safe by itself, and written under this
  private final List<Thread> running = new CopyOnWriteArrayList<>();

  /**
   * A journal that begins with {@link #start}.
   *
   * @param settings what is kept here, and what may wait: for the topic, and on its way there and
   *     back
   * @param threads makes the three threads that publish, copy and watch
   * @param clock says what is too old
   * @param announce takes what has been copied, in order, on the copying thread
   */
  public KafkaJournal(
      KafkaSettings kafka,
      JournalSettings settings,
      ThreadFactory threads,
      Clock clock,
      Consumer<JournalPage> announce) {
    this.threads = threads;
    String node = UUID.randomUUID().toString(); // also what its clients are called in this JVM
    Path directory = settings.directory().toAbsolutePath();
    database = new Database(settings.directory(), StoreKind.COPY);
    queue = new AppendQueue(settings.queueActivities(), settings.queueBytes());
    inFlight = new InFlight(settings.queueActivities(), settings.queueBytes(), System::nanoTime);
    skipped = new Skipped(inFlight);
    readers = new ReaderPool(database);
    reach = new Reach(announce);
    reader = new SqliteReader(readers, this::extent, () -> queue.refusal().isEmpty());
    bookmarks = new BookmarkFiles(directory);
    copy =
        new Copy(
            settings, kafka.duplicateWindow(), database, reach, bookmarks, clock, System::nanoTime);
    watch = new Watch(kafka, "trailcast-" + node, System::nanoTime);
    copier = new Copier(directory, kafka, node, queue, inFlight, watch, copy, skipped);
    publisher = new Publisher(kafka, node, queue, inFlight, watch, copier::epoch);
  }

  @Override
  public synchronized void start() {
    if (!running.isEmpty()) {
      throw new IllegalStateException("the journal was started before");
    }
    copier.open();
    for (Runnable part : List.of(publisher, copier, watch)) {
      Thread thread = threads.newThread(() -> runWithOurClasses(part));
      running.add(thread);
      thread.start();
    }
  }

  /**
   * Kafka's clients look for classes with the loader of the thread that makes them: while an EAR
   * starts it may be that of another application.
   */
  private static void runWithOurClasses(Runnable part) {
    Thread.currentThread().setContextClassLoader(KafkaJournal.class.getClassLoader());
    part.run();
  }

  private Extent extent() {
    return reach
        .extent()
        .orElseThrow(
            () ->
                new JournalUnavailableException(
                    queue.refusal().orElse("the journal is just being opened"), null));
  }

  @Override
  public CompletableFuture<List<Receipt>> append(List<EncodedActivity> activities) {
    if (activities.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    Append append = Append.of(activities);
    queue.add(append);
    return append.receipts();
  }

  @Override
  public CompletableFuture<Erased> erase(String actor) {
    if (!erasures.tryAcquire()) {
      throw new JournalFullException(MOST_ERASURES + " erasures are not done yet");
    }
    CompletableFuture<Erased> answer = new CompletableFuture<>();
    answer.whenComplete((erased, failure) -> erasures.release());
    try {
      refuseIfShut();
      watch
          .next() // others may have recorded what is not here yet
          .thenCompose(topic -> record(Erasure.of(actor, extent().at(topic.end()))))
          .whenComplete(
              (erased, failure) -> {
                if (failure == null) {
                  answer.complete(erased);
                } else {
                  answer.completeExceptionally(
                      failure.getCause() instanceof JournalException known
                          ? known
                          : new JournalUnavailableException(failure.getMessage(), failure));
                }
              });
    } catch (JournalException e) {
      answer.completeExceptionally(e);
      throw e;
    }
    return answer;
  }

  private void refuseIfShut() {
    Optional<String> refusal = queue.refusal();
    if (refusal.isPresent()) {
      throw new JournalUnavailableException(refusal.get(), null);
    }
  }

  private CompletableFuture<Erased> record(Erasure erasure) {
    CompletableFuture<Erased> applied = copy.applied(erasure); // now, or it may be missed
    try {
      append(List.of(EncodedActivity.of(erasure.toActivity())))
          .whenComplete(
              (receipts, failure) -> {
                if (failure != null) {
                  copy.notRecorded(erasure);
                  applied.completeExceptionally(failure);
                }
              });
    } catch (JournalException e) {
      copy.notRecorded(erasure);
      throw e;
    }
    return applied;
  }

  @Override
  public JournalReader reader() {
    return reader;
  }

  @Override
  public Bookmarks bookmarks() {
    return bookmarks;
  }

  @Override
  public JournalFigures figures() {
    return database.figures();
  }

  @Override
  public JournalStatus status() {
    return new JournalStatus(
        queue.refusal().orElse(null),
        running.stream().allMatch(Thread::isAlive),
        queue.size() + inFlight.size(),
        queue.bytes() + inFlight.bytes(),
        watch.notice().orElse(null),
        queue.filling(),
        copy.freeBytes(),
        copy.clockLeap());
  }

  @Override
  public Optional<CopyStatus> copy() {
    return Optional.of(
        new CopyStatus(
            copier.behind(),
            skipped.invalid(),
            skipped.oversized(),
            skipped.refused(),
            watch.problem().isEmpty()));
  }

  @Override
  public synchronized void close() {
    queue.close();
    try {
      if (!running.isEmpty()) {
        running.get(0).join(CLOSING_PATIENCE.toMillis());
        inFlight.awaitNone(CLOSING_PATIENCE.toNanos());
      }
      end();
      for (Thread thread : running) {
        thread.join(CLOSING_PATIENCE.toMillis());
        if (thread.isAlive()) {
          LOG.log(
              Level.WARNING,
              "TRAIL0212W: The journal could not be closed in time; what is under way ends it.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
      readers.close();
    }
  }

  private void end() {
    queue.turnOut("the journal was closed before it could be sent", null);
    copier.stop();
    watch.stop();
  }
}
