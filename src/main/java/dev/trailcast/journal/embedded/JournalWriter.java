package dev.trailcast.journal.embedded;

import dev.trailcast.journal.Extent;
import dev.trailcast.journal.Extent.Location;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.queue.Append;
import dev.trailcast.journal.queue.AppendQueue;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.DirectoryLock;
import dev.trailcast.journal.store.EntryStore;
import dev.trailcast.journal.store.Expiry;
import dev.trailcast.journal.store.ReaderPool;
import dev.trailcast.journal.store.SqliteFault;
import dev.trailcast.journal.store.SqliteReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * The one thread that writes: takes what waits, commits it, announces and acknowledges it, lets the
 * oldest entries go, and does it all over again. Where it can't, it says so and tries to open the
 * journal anew every second. It ends when the queue is closed and empty; an interrupt (the
 * container wants its thread back) closes the queue.
 */
final class JournalWriter implements Runnable {
  private static final Logger LOG = System.getLogger(JournalWriter.class.getName());

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final int ENTRIES_READ_AFTERWARDS = 1_000;

  // fixed at birth
  private final Path directory;
  private final Database database;
  private final AppendQueue queue;
  private final ReaderPool readers;
  private final Expiry expiry;
  private final Clock clock;
  private final Consumer<JournalPage> announce;

  // written by the writer's thread, read by all
  private volatile Extent extent; // null: was never open
  private volatile boolean alive;

  // only the thread that opens first, then the writer's
  private DirectoryLock lock;
  private EntryStore store; // null: not open now
  private StreamPosition announced; // up to here
  private String problem; // the last one that was logged; null: none since
  private long logBoundedAt = System.nanoTime();

  JournalWriter(
      EmbeddedSettings settings,
      Database database,
      AppendQueue queue,
      ReaderPool readers,
      Clock clock,
      Consumer<JournalPage> announce) {
    this.directory = settings.directory().toAbsolutePath();
    this.database = database;
    this.queue = queue;
    this.readers = readers;
    this.expiry = new Expiry(settings.retention(), clock);
    this.clock = clock;
    this.announce = announce;
  }

  /**
   * How far the journal reaches.
   *
   * @throws JournalUnavailableException if it was never open
   */
  Extent extent() {
    Extent known = extent;
    if (known == null) {
      throw new JournalUnavailableException(
          queue.refusal().orElse("the journal is just being opened"), null);
    }
    return known;
  }

  boolean isAlive() {
    return alive;
  }

  @Override
  public void run() {
    try {
      while (!queue.isFinished()) {
        try {
          step();
        } catch (InterruptedException e) {
          queue.close();
        }
      }
    } finally {
      alive = false;
      end();
    }
  }

  private void step() throws InterruptedException {
    if (store == null) {
      open();
      if (store == null) {
        queue.awaitClose(RETRY);
      }
      return;
    }
    List<Append> appends = queue.take(expiry.isDue() ? Duration.ZERO : IDLE);
    try {
      record(appends, expiry.isDue() ? raiseFloor() : extent.floor().offset());
      boundLog();
    } catch (Throwable e) { // an Error, too, must not leave anyone waiting for ever
      giveUp(e);
      appends.forEach(append -> append.fail(new JournalUnavailableException(problem, e)));
    }
  }

  /**
   * Tries to open it. The first time before the writer runs: a server may hold back the threads of
   * an application until it has started, but it starts with its journal open.
   */
  void open() {
    alive = true;
    rehearseEnd();
    try {
      Files.createDirectories(directory);
      if (lock == null) {
        lock = DirectoryLock.acquire(directory);
      }
      store = EntryStore.open(database);
      resume(store.extent());
      if (expiry.isDue()) {
        record(List.of(), raiseFloor()); // may be what makes room
      }
      store.probe();
      queue.accept();
      LOG.log(Level.INFO, "The journal in {0} is open, {1}.", directory, extent);
      problem = null;
    } catch (Throwable e) {
      giveUp(e);
    }
  }

  /** Goes on from what is in the file, which after a failed commit may be more than was told. */
  private void resume(Extent found) throws IOException {
    Extent known = extent;
    if (known == null) {
      extent = found;
      announced = found.head();
      return;
    }
    if (found.locate(known.head()) == Location.UNKNOWN
        || found.locate(known.head()) == Location.AHEAD) {
      throw new IOException("its files have been exchanged; restart the application to use them");
    }
    extent = found.withFloor(Math.max(found.floor().offset(), known.floor().offset()));
    JournalReader reader = new SqliteReader(readers, this::extent);
    while (announced.offset() < found.head().offset()) {
      announce(reader.read(announced.offset(), ENTRIES_READ_AFTERWARDS));
    }
  }

  /** The floor rises before the entries go: a reader that misses them finds it risen. */
  private long raiseFloor() throws SQLException {
    long floor = Math.max(extent.floor().offset(), expiry.newFloor(store));
    extent = extent.withFloor(floor);
    return floor;
  }

  private void record(List<Append> appends, long floor) throws SQLException {
    if (appends.isEmpty() && floor == store.extent().floor().offset()) {
      return;
    }
    // where the clock was set back, time stands still here
    Instant time = Instant.ofEpochMilli(Math.max(store.recorded().toEpochMilli(), clock.millis()));
    Commit commit = new Commit(appends, store.extent().head(), time);
    try {
      store.commit(floor, commit);
    } catch (SQLException e) {
      if (!SqliteFault.isOfOneRow(e)) {
        throw e;
      }
      if (appends.size() == 1) {
        refuse(appends.get(0), e);
      } else {
        for (Append append : appends) { // so that only the one it is about fails
          record(List.of(append), floor);
        }
      }
      return;
    }
    extent = new Extent(extent.floor(), store.extent().head());
    JournalPage page = commit.page();
    expiry.count(page.entries());
    // Announced, then acknowledged: whoever holds a receipt can rely on the stream to know of it.
    announce(page);
    commit.acknowledge();
  }

  private void refuse(Append append, SQLException e) {
    LOG.log(Level.ERROR, "An append was refused by the database.", e);
    append.fail(new JournalUnavailableException("the database refused it: " + e.getMessage(), e));
  }

  /** Tells of what has come, also where that is no entry but only a head that has moved. */
  private void announce(JournalPage page) {
    if (page.upTo().equals(announced)) {
      return;
    }
    announced = page.upTo();
    try {
      announce.accept(page);
    } catch (Throwable e) { // whatever it is, the activities are recorded
      LOG.log(Level.ERROR, "Who was told of new entries in the journal failed.", e);
    }
  }

  private void boundLog() throws SQLException {
    if (System.nanoTime() - logBoundedAt > IDLE.toNanos()) {
      store.boundLog();
      logBoundedAt = System.nanoTime();
    }
  }

  /** Turns away everybody until it can be opened again. */
  private void giveUp(Throwable e) {
    String now = SqliteFault.inWords(directory, e);
    if (!now.equals(problem)) {
      LOG.log(Level.ERROR, now, e);
    }
    problem = now;
    queue.refuse(now, e);
    closeStore();
  }

  private void closeStore() {
    EntryStore closing = store;
    store = null;
    close(closing);
  }

  private void end() {
    try {
      endOf(queue);
      readers.close();
      closeStore();
    } finally {
      close(lock); // last: what is open must be ours alone
    }
  }

  private static void endOf(AppendQueue queue) {
    queue.close();
    queue.turnOut("the journal is closed", null);
  }

  /**
   * So that no class is needed for the first time at the end: by then Payara loads none any more.
   */
  private static void rehearseEnd() {
    endOf(new AppendQueue(1, 1));
  }

  private static void close(AutoCloseable resource) {
    try {
      if (resource != null) {
        resource.close();
      }
    } catch (Exception e) {
      LOG.log(Level.WARNING, "A part of the journal was not closed properly.", e);
    }
  }
}
