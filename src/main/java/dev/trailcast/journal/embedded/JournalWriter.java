package dev.trailcast.journal.embedded;

import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.queue.Append;
import dev.trailcast.journal.queue.AppendQueue;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.DirectoryLock;
import dev.trailcast.journal.store.EntryStore;
import dev.trailcast.journal.store.Expiry;
import dev.trailcast.journal.store.ReaderPool;
import dev.trailcast.journal.store.SqliteFault;
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
import java.util.Optional;
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

  // fixed at birth
  private final Path directory;
  private final Database database;
  private final AppendQueue queue;
  private final ReaderPool readers;
  private final Expiry expiry;
  private final Clock clock;
  private final Reach reach;

  private volatile boolean alive; // written by the writer's thread, read by all

  // only the thread that opens first, then the writer's
  private Optional<DirectoryLock> lock = Optional.empty(); // once taken it is kept to the end
  private State state = new Shut("it was not opened yet");
  private long logBoundedAt = System.nanoTime();

  /** Whether it can write. */
  private sealed interface State {}

  private record Open(EntryStore store) implements State {}

  /**
   * @param problem in words for an operator, who has been told
   */
  private record Shut(String problem) implements State {}

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
    this.reach = new Reach(announce);
  }

  /**
   * How far the journal reaches.
   *
   * @throws JournalUnavailableException if it was never open
   */
  Extent extent() {
    Optional<Extent> known = reach.extent();
    if (known.isEmpty()) {
      throw new JournalUnavailableException(
          queue.refusal().orElse("the journal is just being opened"), null);
    }
    return known.get();
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
    if (state instanceof Open open) {
      write(open.store());
    } else {
      open();
      if (state instanceof Shut) {
        queue.awaitClose(RETRY);
      }
    }
  }

  private void write(EntryStore store) throws InterruptedException {
    List<Append> appends = queue.take(expiry.isDue() ? Duration.ZERO : IDLE);
    try {
      record(store, appends, expiry.isDue() ? raiseFloor(store) : extent().floor().offset());
      boundLog(store);
    } catch (Throwable e) { // an Error, too, must not leave anyone waiting for ever
      String problem = giveUp(e);
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
      if (lock.isEmpty()) {
        lock = Optional.of(DirectoryLock.acquire(directory));
      }
      state = new Open(openStore());
      queue.accept();
      LOG.log(Level.INFO, "The journal in {0} is open, {1}.", directory, extent());
    } catch (Throwable e) {
      giveUp(e);
    }
  }

  private EntryStore openStore() throws SQLException, IOException {
    EntryStore store = EntryStore.open(database);
    try {
      reach.resume(store.extent(), readers);
      if (expiry.isDue()) {
        record(store, List.of(), raiseFloor(store)); // may be what makes room
      }
      store.probe();
      return store;
    } catch (Throwable e) {
      close(store);
      throw e;
    }
  }

  private long raiseFloor(EntryStore store) throws SQLException {
    return reach.raiseFloor(expiry.newFloor(store));
  }

  private void record(EntryStore store, List<Append> appends, long floor) throws SQLException {
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
          record(store, List.of(append), floor);
        }
      }
      return;
    }
    JournalPage page = commit.page();
    expiry.count(page.entries());
    // Announced, then acknowledged: whoever holds a receipt can rely on the stream to know of it.
    reach.advance(page);
    commit.acknowledge();
  }

  private void refuse(Append append, SQLException e) {
    LOG.log(Level.ERROR, "An append was refused by the database.", e);
    append.fail(new JournalUnavailableException("the database refused it: " + e.getMessage(), e));
  }

  private void boundLog(EntryStore store) throws SQLException {
    if (System.nanoTime() - logBoundedAt > IDLE.toNanos()) {
      store.boundLog();
      logBoundedAt = System.nanoTime();
    }
  }

  /**
   * Turns away everybody until it can be opened again.
   *
   * @return why
   */
  private String giveUp(Throwable e) {
    String problem = SqliteFault.inWords(directory, e);
    if (!state.equals(new Shut(problem))) { // else it was said when it was tried before
      LOG.log(Level.ERROR, problem, e);
    }
    queue.refuse(problem, e);
    shut(problem);
    return problem;
  }

  private void shut(String problem) {
    if (state instanceof Open open) {
      close(open.store());
    }
    state = new Shut(problem);
  }

  private void end() {
    try {
      endOf(queue);
      readers.close();
      shut("it has ended");
    } finally {
      if (lock.isPresent()) { // not by a lambda expression: see below
        close(lock.get()); // last: what is open must be ours alone
      }
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
      resource.close();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "A part of the journal was not closed properly.", e);
    }
  }
}
