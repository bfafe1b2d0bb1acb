package dev.trailcast.journal.embedded;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Bookmarks;
import dev.trailcast.journal.Erased;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.queue.Append;
import dev.trailcast.journal.queue.AppendQueue;
import dev.trailcast.journal.store.BookmarkFiles;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.EntryStore;
import dev.trailcast.journal.store.Expiry;
import dev.trailcast.journal.store.ReaderPool;
import dev.trailcast.journal.store.SqliteFault;
import dev.trailcast.journal.writer.Erasures;
import dev.trailcast.journal.writer.HeldDirectory;
import dev.trailcast.journal.writer.JournalSettings;
import dev.trailcast.journal.writer.Reach;
import dev.trailcast.journal.writer.SteadyClock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The one thread that writes: takes what waits, commits it, announces and acknowledges it, lets the
 * oldest entries go, and does it all over again. Where it can't, for whatever exception or Error,
 * it says so and tries to open the journal anew every second. It ends when the queue is closed and
 * empty; an interrupt (the container wants its thread back) closes the queue.
 */
final class JournalWriter implements Runnable {
  private static final Logger LOG = System.getLogger(JournalWriter.class.getName());

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** What is recorded goes by a clock that leapt after this: one that was suspended is right. */
  private static final Duration FOLLOWED_IN_RECORDING = Duration.ofMinutes(1);

  /** What is let go never comes back, so more patience is due. */
  private static final Duration FOLLOWED_IN_EXPIRY = Duration.ofHours(1);

  // fixed at birth
  private final Path directory;
  private final HeldDirectory held;
  private final Database database;
  private final AppendQueue queue;
  private final ReaderPool readers;
  private final Expiry expiry;
  private final SteadyClock recordingClock;
  private final SteadyClock expiryClock;
  private final Reach reach;
  private final BookmarkFiles bookmarks;

  // only the thread that opens first, then the writer's
  private State state = new Shut("it was not opened yet");
  private List<Append> underWay = List.of(); // taken, and perhaps not answered yet
  private final Erasures erasures = new Erasures(System::nanoTime);
  private Throwable failure; // of the last step; null if it went well
  private boolean toldOfLeap;
  private long lookedAfterAt = System.nanoTime();

  /** Whether it can write. */
  private sealed interface State {}

  private record Open(EntryStore store) implements State {}

  /**
   * @param problem in words for an operator, who has been told
   */
  private record Shut(String problem) implements State {}

  JournalWriter(
      JournalSettings settings,
      Database database,
      AppendQueue queue,
      ReaderPool readers,
      Clock clock,
      LongSupplier nanoTime,
      Consumer<JournalPage> announce) {
    this.directory = settings.directory().toAbsolutePath();
    this.held = new HeldDirectory(directory);
    this.database = database;
    this.queue = queue;
    this.readers = readers;
    this.recordingClock = new SteadyClock(clock, nanoTime, FOLLOWED_IN_RECORDING);
    this.expiryClock = new SteadyClock(clock, nanoTime, FOLLOWED_IN_EXPIRY);
    this.expiry = new Expiry(settings.retention(), expiryClock);
    this.reach = new Reach(announce);
    this.bookmarks = new BookmarkFiles(directory);
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

  /** What followers keep beside the journal. */
  Bookmarks bookmarks() {
    return bookmarks;
  }

  /** How much room the disk has, as far as is known. */
  long freeBytes() {
    return held.freeBytes();
  }

  @Override
  public void run() {
    try {
      while (!queue.isFinished()) {
        try {
          step();
        } catch (InterruptedException e) {
          queue.close();
        } catch (Throwable e) { // an Error, too, ends a step and not the thread
          if (failure != null) { // it could not even give up: memory has run out, say
            LockSupport.parkNanos(RETRY.toNanos());
          }
          failure = e;
        }
      }
    } finally {
      end();
    }
  }

  private void step() throws InterruptedException, SQLException, IOException {
    if (failure != null) {
      giveUp(failure);
      failure = null;
    }
    if (state instanceof Open open) {
      write(open.store());
    } else {
      open();
      if (state instanceof Shut) {
        queue.awaitClose(RETRY);
      }
    }
  }

  private void write(EntryStore store) throws InterruptedException, SQLException, IOException {
    underWay = queue.take(expiry.isDue() ? Duration.ZERO : erasures.pause(IDLE));
    record(store, underWay, expiry.isDue() ? raiseFloor(store) : extent().floor().offset());
    underWay = List.of();
    erasures.goOn(store, erasure -> note(store, erasure));
    lookAfter(store);
  }

  /**
   * Tries to open it. The first time before the writer runs: a server may hold back the threads of
   * an application until it has started, but it starts with its journal open.
   */
  void open() {
    try {
      rehearseEnd();
      held.hold();
      state = new Open(openStore());
      queue.accept();
      LOG.log(Level.INFO, "TRAIL0101I: The journal in {0} is open, {1}.", directory, extent());
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
      store.secure();
      return store;
    } catch (Throwable e) {
      close(store);
      throw e;
    }
  }

  private long raiseFloor(EntryStore store) throws SQLException {
    return reach.raiseFloor(expiry.newFloor(store));
  }

  private void record(EntryStore store, List<Append> appends, long floor)
      throws SQLException, IOException {
    if (appends.isEmpty() && floor == store.extent().floor().offset()) {
      return;
    }
    // where the clock was set back, time stands still here
    Instant time =
        Instant.ofEpochMilli(Math.max(store.recorded().toEpochMilli(), recordingClock.millis()));
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
    lookAfter(store); // before it is acknowledged: it may have gone into a file that nobody finds
    // Announced, then acknowledged: whoever holds a receipt can rely on the stream to know of it.
    reach.advance(store.extent(), page);
    commit.acknowledge();
  }

  /** Erases all that an actor did so far. To be called on the writer's thread. */
  void erase(String actor, CompletableFuture<Erased> answer) {
    erasures.add(actor, answer);
  }

  private StreamPosition note(EntryStore store, Erasure erasure) throws SQLException, IOException {
    bookmarks.erase(erasure); // nobody puts any more there: the entries are gone
    Append note = Append.of(List.of(EncodedActivity.of(erasure.toActivity())));
    record(store, List.of(note), extent().floor().offset());
    return note.receipts().join().get(0).position();
  }

  private void refuse(Append append, SQLException e) {
    LOG.log(Level.ERROR, "TRAIL0102E: An append was refused by the database.", e);
    append.fail(new JournalUnavailableException("the database refused it: " + e.getMessage(), e));
  }

  /** What has to be done every second, whether anything is written or not. */
  private void lookAfter(EntryStore store) throws SQLException, IOException {
    if (System.nanoTime() - lookedAfterAt >= IDLE.toNanos()) {
      held.check();
      store.secure();
      store.boundLog();
      askClocks();
      lookedAfterAt = System.nanoTime();
    }
  }

  private void askClocks() {
    recordingClock.instant();
    expiryClock.instant();
    Optional<String> leap = notice();
    if (leap.isPresent() != toldOfLeap) {
      toldOfLeap = leap.isPresent();
      if (toldOfLeap) {
        LOG.log(Level.WARNING, "TRAIL0103W: " + leap.get());
      } else {
        LOG.log(Level.INFO, "TRAIL0104I: The computer's clock is followed again.");
      }
    }
  }

  /** By how much the computer's clock has leapt, while it is not followed. For any thread. */
  Duration clockLeap() {
    return expiryClock.leap();
  }

  /** What an operator should see to although it can be written. */
  Optional<String> notice() {
    Duration leap = expiryClock.leap();
    return leap.isZero()
        ? Optional.empty()
        : Optional.of(
            "the computer's clock has leapt by %s, which its monotonic clock denies: nothing is let go by age before it has kept to that for %s"
                .formatted(leap.truncatedTo(ChronoUnit.SECONDS), FOLLOWED_IN_EXPIRY));
  }

  /** Turns away everybody until it can be opened again. */
  private void giveUp(Throwable e) {
    String problem = SqliteFault.inWords(directory, e);
    State before = state;
    queue.refuse(problem, e);
    failUnderWay(problem, e);
    shut(problem);
    if (!state.equals(before)) { // else it was said when it was tried before
      LOG.log(Level.ERROR, "TRAIL0105E: " + problem, e);
    }
  }

  private void failUnderWay(String problem, Throwable e) {
    JournalUnavailableException why = new JournalUnavailableException(problem, e);
    for (Append append : underWay) { // not by a lambda expression: see below
      append.fail(why); // but for those that were acknowledged
    }
    underWay = List.of();
    erasures.fail(why);
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
      failUnderWay("the journal is closed", failure);
      readers.close();
      shut("it has ended");
    } finally {
      held.close(); // last: what is open must be ours alone
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
      LOG.log(Level.WARNING, "TRAIL0106W: A part of the journal was not closed properly.", e);
    }
  }
}
