package dev.trailcast.journal.embedded;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Backups;
import dev.trailcast.journal.Bookmarks;
import dev.trailcast.journal.Erased;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalFigures;
import dev.trailcast.journal.JournalFullException;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.JournalStatus;
import dev.trailcast.journal.NodeJournal;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.queue.Append;
import dev.trailcast.journal.queue.AppendQueue;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.ReaderPool;
import dev.trailcast.journal.store.SqliteReader;
import dev.trailcast.journal.store.StoreBackups;
import dev.trailcast.journal.writer.JournalSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The journal in a SQLite file of this server. It never gives up: where the directory can't be used
 * or the disk is full, {@link #status} says what is wrong and what to do, appends are refused, and
 * it goes on by itself once it can.
 *
 * <p>What hangs on a receipt or is announced runs on the one thread that writes, and holds up
 * everybody who records: it should only take note, or go to a thread of its own ({@code
 * thenApplyAsync}).
 */
public final class EmbeddedJournal implements NodeJournal {
  private static final Logger LOG = System.getLogger(EmbeddedJournal.class.getName());

  private static final String THREAD = "trailcast-journal";

  /** For what is queued; then as long again for what is under way. */
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(5);

  /** Asked for and not done: they take no room in the queue. */
  static final int MOST_ERASURES = 100;

  private final ThreadFactory threads;
  private final Database database;
  private final AppendQueue queue;
  private final JournalWriter writer;
  private final JournalReader reader;
  private final StoreBackups backups;
  private final Semaphore erasures = new Semaphore(MOST_ERASURES);

  private volatile Thread thread; // null before; written by whoever holds this

  /**
   * A journal that begins with {@link #start}.
   *
   * @param threads makes the one thread that writes
   * @param clock says when an activity is recorded
   * @param announce takes what has become durable, in order, on the writing thread
   */
  public EmbeddedJournal(
      JournalSettings settings,
      ThreadFactory threads,
      Clock clock,
      Consumer<JournalPage> announce) {
    this(settings, threads, clock, System::nanoTime, announce, new Database(settings.directory()));
  }

  /** With a database that is opened otherwise than usual, and another monotonic clock. */
  EmbeddedJournal(
      JournalSettings settings,
      ThreadFactory threads,
      Clock clock,
      LongSupplier nanoTime,
      Consumer<JournalPage> announce,
      Database database) {
    this.threads = threads;
    this.database = database;
    ReaderPool readers = new ReaderPool(database);
    queue = new AppendQueue(settings.queueActivities(), settings.queueBytes());
    writer = new JournalWriter(settings, database, queue, readers, clock, nanoTime, announce);
    reader = new SqliteReader(readers, writer::extent);
    backups = new StoreBackups(database, clock);
  }

  @Override
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException("the journal was started before");
    }
    writer.open();
    thread = threads.newThread(writer);
    thread.setName(THREAD);
    thread.start();
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
    Append place = Append.of(List.of()); // behind all that was brought before
    place
        .receipts()
        .whenComplete(
            (none, failure) -> {
              if (failure == null) {
                writer.erase(actor, answer);
              } else {
                answer.completeExceptionally(failure);
              }
            });
    try {
      queue.add(place);
    } catch (JournalException e) {
      answer.completeExceptionally(e);
      throw e;
    }
    return answer;
  }

  @Override
  public JournalReader reader() {
    return reader;
  }

  @Override
  public Bookmarks bookmarks() {
    return writer.bookmarks();
  }

  @Override
  public JournalFigures figures() {
    return database.figures();
  }

  @Override
  public Optional<Backups> backups() {
    return Optional.of(backups);
  }

  @Override
  public JournalStatus status() {
    return new JournalStatus(
        queue.refusal().orElse(null),
        isWriting(),
        queue.size(),
        queue.bytes(),
        writer.notice().orElse(null),
        queue.filling(),
        writer.freeBytes(),
        writer.clockLeap());
  }

  /** As the virtual machine says it: a container may start a thread that does not come to run. */
  private boolean isWriting() {
    Thread started = thread;
    return started != null && started.isAlive();
  }

  @Override
  public synchronized void close() {
    queue.close();
    backups.close(); // first: it reads from what is closed then
    if (thread == null) {
      return;
    }
    try {
      thread.join(CLOSING_PATIENCE.toMillis());
      if (thread.isAlive()) {
        queue.turnOut("the journal was closed before it could be written", null);
        thread.join(CLOSING_PATIENCE.toMillis());
      }
      if (thread.isAlive()) {
        LOG.log(
            Level.WARNING,
            "TRAIL0107W: The journal could not be closed in time; what is under way ends it.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
