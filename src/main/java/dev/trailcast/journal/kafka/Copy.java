package dev.trailcast.journal.kafka;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Erased;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.BookmarkFiles;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.EntryStore;
import dev.trailcast.journal.store.Expiry;
import dev.trailcast.journal.store.SqliteFault;
import dev.trailcast.journal.writer.HeldDirectory;
import dev.trailcast.journal.writer.JournalSettings;
import dev.trailcast.journal.writer.Reach;
import dev.trailcast.journal.writer.SteadyClock;
import dev.trailcast.journal.writer.Wiping;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * This node's copy of the topic: what is in the store, and how far others know of it. For the one
 * thread that copies.
 */
final class Copy {
  private static final Logger LOG = System.getLogger(Copy.class.getName());

  /**
   * So many records may have come to others since this node last asked how far the topic has: no
   * partition takes as many in the time.
   */
  private static final long MOST_UNHEARD = 1_000_000;

  private static final Duration LOOK_AFTER = Duration.ofSeconds(1);

  /** A transaction of somebody else's may hold back what comes behind it for minutes. */
  private static final Duration LONGEST_UNDER_WAY = Duration.ofSeconds(10);

  /** What is let go never comes back, so a leap of the clock is not followed before. */
  private static final Duration FOLLOWED_IN_EXPIRY = Duration.ofHours(1);

  // fixed at birth
  private final JournalSettings settings;
  private final long window;
  private final HeldDirectory held;
  private final Database database;
  private final Reach reach;
  private final BookmarkFiles bookmarks;
  private final SteadyClock clock;
  private final Expiry expiry;
  private final LongSupplier nanoTime;

  private Optional<EntryStore> store = Optional.empty();
  private boolean serves; // whether others know of it
  private long lookedAfterAt;

  // erasures that are applied but for what is left of them where nobody looks, oldest first
  private final Deque<Applied> toWipe = new ArrayDeque<>();

  // safe by itself: who asks waits before the topic has it; by the salt, which no two have
  private final Map<String, CompletableFuture<Erased>> askers = new ConcurrentHashMap<>();

  /** One whose entries are gone. */
  private record Applied(String salt, StreamPosition at, long count, Wiping wiping) {}

  /**
   * @param window among how many records repeats are found
   */
  Copy(
      JournalSettings settings,
      long window,
      Database database,
      Reach reach,
      BookmarkFiles bookmarks,
      Clock clock,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.window = window;
    this.held = new HeldDirectory(settings.directory());
    this.database = database;
    this.reach = reach;
    this.bookmarks = bookmarks;
    this.clock = new SteadyClock(clock, nanoTime, FOLLOWED_IN_EXPIRY);
    this.expiry = new Expiry(settings.retention(), this.clock);
    this.nanoTime = nanoTime;
    this.lookedAfterAt = nanoTime.getAsLong();
  }

  /**
   * Opens what was copied before, if anything was: others know of it at once, as far as it goes.
   */
  void open() throws IOException, SQLException {
    held.hold();
    try {
      store = EntryStore.openCopy(database, window);
    } catch (SQLException e) {
      if (!SqliteFault.isBroken(e)) {
        throw e;
      }
      LOG.log(Level.WARNING, "TRAIL0209W: The copy of the topic is broken, and made anew.", e);
    }
    if (store.isPresent()) {
      finishErasures();
      serve();
    }
  }

  /** Whether it is open, and of this topic. */
  boolean isOf(Topic topic) {
    return store.isPresent() && epoch().equals(topic.epoch());
  }

  /** Of whose topic it is; of no meaning while it is not open. */
  String epoch() {
    return store.orElseThrow().copied().epoch();
  }

  /** Begins anew with a topic. Others know nothing of it before {@link #serve}. */
  void begin(Topic topic) throws IOException, SQLException {
    forget();
    held.hold();
    // All that the topic has, or as much as is kept here. What is repeated in it is known by what
    // comes before, as far as the topic still has that.
    long floor = Math.max(topic.start(), topic.end() - settings.retention().count());
    long after = Math.max(topic.start(), floor - window);
    store = Optional.of(EntryStore.beginCopy(database, window, topic.beginning().at(after), floor));
    store.get().secure();
  }

  /** Closes it, and what was copied is void: nobody finds it again. */
  void forget() throws IOException {
    reach.end();
    shut(new JournalUnavailableException("the copy of the topic is made anew", null));
    database.delete();
  }

  /** Closes it, for it can't be used now. Others go on with what they know of it. */
  void shut(JournalUnavailableException why) {
    if (store.isPresent()) {
      closeQuietly(store.get());
      store = Optional.empty();
    }
    serves = false; // what a failed commit has left is told of once it is open again
    toWipe.clear();
    for (String salt : askers.keySet()) { // by no lambda expression: it may be the end
      answer(salt, Optional.empty(), why);
    }
  }

  /** At the end. */
  void end() {
    shut(new JournalUnavailableException("the journal is closed", null));
    held.close(); // last: what is open must be ours alone
  }

  /** By how much the computer's clock has leapt, while it is not followed. For any thread. */
  Duration clockLeap() {
    return clock.leap();
  }

  /** How much room the disk has, as far as is known. For any thread. */
  long freeBytes() {
    return held.freeBytes();
  }

  boolean isOpen() {
    return store.isPresent();
  }

  /** Up to here it has all of the topic. */
  StreamPosition copied() {
    return store.orElseThrow().copied();
  }

  /** Whether it has nothing of the topic yet, so that its era is not known. */
  boolean isFresh() {
    return store.orElseThrow().extent().lineage().eras().isEmpty();
  }

  /** Has others know of it, from now on. */
  void serve() {
    if (!serves) {
      serves = true;
      reach.begin(extent());
    }
  }

  private Extent extent() {
    Extent extent = store.orElseThrow().extent();
    return new Extent(
        extent.floor(), extent.head(), extent.lineage(), extent.head().offset() + MOST_UNHEARD);
  }

  /**
   * Takes what came next of the topic, up to an offset; answers those who sent some of it.
   *
   * @throws SQLException also if somebody who reads has found it broken: the topic is there, so it
   *     can be made anew
   */
  void take(List<LogRecord> records, long upTo, InFlight inFlight, Skipped skipped)
      throws SQLException, IOException {
    database.checkRead();
    List<LogRecord> batch = new ArrayList<>();
    for (LogRecord record : records) {
      Optional<Erasure> erasure =
          record.activity().map(EncodedActivity::activity).flatMap(Erasure::in);
      if (erasure.isPresent()) { // what it tells of is gone before anybody is told
        commitOrSkip(batch, record.at().offset() - 1, inFlight, skipped);
        batch.clear();
        long count = erase(erasure.get());
        toWipe.add(new Applied(erasure.get().salt(), record.at(), count, new Wiping(nanoTime)));
      }
      batch.add(record);
    }
    commitOrSkip(batch, upTo, inFlight, skipped);
  }

  /** What the database refuses is skipped: else the node would come to it for ever. */
  private void commitOrSkip(List<LogRecord> records, long end, InFlight inFlight, Skipped skipped)
      throws SQLException, IOException {
    try {
      commit(records, end, inFlight);
    } catch (SQLException e) {
      if (!SqliteFault.isOfOneRow(e) || records.isEmpty()) {
        throw e;
      }
      for (LogRecord record : records) { // so that only the one it is about is skipped
        commitAlone(record, inFlight, skipped);
      }
      commit(List.of(), end, inFlight);
    }
  }

  private void commitAlone(LogRecord record, InFlight inFlight, Skipped skipped)
      throws SQLException, IOException {
    StreamPosition at = record.at();
    try {
      commit(List.of(record), at.offset(), inFlight);
    } catch (SQLException e) {
      if (!SqliteFault.isOfOneRow(e)) {
        throw e;
      }
      commit(List.of(LogRecord.skipped(at, record.timestamp())), at.offset(), inFlight);
      skipped.refused(at.offset() - 1, record.sequence(), e);
    }
  }

  private void commit(List<LogRecord> records, long end, InFlight inFlight)
      throws SQLException, IOException {
    EntryStore into = store.orElseThrow();
    long floor = expiry.isDue() ? raiseFloor(into) : into.extent().floor().offset();
    if (records.isEmpty()
        && end == into.copied().offset()
        && floor == into.extent().floor().offset()) {
      return;
    }
    Extent before = into.extent();
    Copying copying = new Copying(records, before, into.recorded(), end);
    into.commit(floor, copying);
    expiry.count(copying.entries());
    if (serves) {
      Extent now = extent();
      reach.advance(now, new JournalPage(before.head(), copying.entries(), now.head()));
    }
    for (Map.Entry<Long, Receipt> own : copying.receipts().entrySet()) {
      inFlight.returned(own.getKey(), own.getValue());
    }
  }

  private long raiseFloor(EntryStore into) throws SQLException {
    long floor = expiry.newFloor(into);
    return serves ? reach.raiseFloor(floor) : floor;
  }

  /** What an erasure tells of goes: now, however much is kept, for what follows must wait. */
  private long erase(Erasure erasure) throws SQLException, IOException {
    bookmarks.erase(erasure);
    EntryStore from = store.orElseThrow();
    long end = Math.min(erasure.upTo().offset(), from.extent().head().offset());
    long at = from.extent().floor().offset();
    long count = 0;
    while (at < end) {
      EntryStore.Erasing part =
          from.erase(actor -> erasure.concerns(actor, erasure.upTo()), at, end);
      count += part.count();
      at = part.upTo();
    }
    return count;
  }

  /** Those that were under way when this node ended. */
  private void finishErasures() throws SQLException, IOException {
    for (JournalEntry entry : store.orElseThrow().unapplied()) {
      Erasure erasure = Erasure.in(entry.activity()).orElseThrow();
      long count = erase(erasure);
      toWipe.add(new Applied(erasure.salt(), entry.position(), count, new Wiping(nanoTime)));
    }
  }

  /**
   * When an erasure that is about to be recorded is applied here, to the last byte. For any thread.
   */
  CompletableFuture<Erased> applied(Erasure erasure) {
    return askers.computeIfAbsent(erasure.salt(), any -> new CompletableFuture<>());
  }

  /** It could not be recorded, as far as is known. For any thread. */
  void notRecorded(Erasure erasure) {
    askers.remove(erasure.salt());
  }

  /** How long there is nothing to do but to take what comes; this long at most. */
  Duration pause(Duration longest) {
    return toWipe.isEmpty() ? longest : toWipe.peek().wiping().pause();
  }

  /** What has to be done whether anything comes or not; takes milliseconds. */
  void lookAfter(InFlight inFlight) throws SQLException, IOException {
    wipe();
    if (nanoTime.getAsLong() - lookedAfterAt < LOOK_AFTER.toNanos()) {
      return;
    }
    held.check();
    store.orElseThrow().secure();
    store.orElseThrow().boundLog();
    clock.instant();
    commit(List.of(), copied().offset(), inFlight); // what is too old goes
    inFlight.giveUpAfter(
        LONGEST_UNDER_WAY.toNanos(),
        new JournalUnavailableException("Kafka has not given it back in time", null));
    lookedAfterAt = nanoTime.getAsLong();
  }

  private void wipe() throws SQLException, IOException {
    if (toWipe.isEmpty()) {
      return;
    }
    Applied next = toWipe.peek();
    switch (next.wiping().goOn(store.orElseThrow())) {
      case UNDER_WAY -> {}
      case DONE -> {
        toWipe.remove();
        store.orElseThrow().applied(next.at().offset());
        answer(next.salt(), Optional.of(new Erased(next.count(), next.at())), null);
      }
      case GIVEN_UP -> { // it is tried again when this node starts the next time
        toWipe.remove();
        answer(next.salt(), Optional.empty(), Wiping.heldUp());
      }
    }
  }

  /** If it was asked for here. */
  private void answer(String salt, Optional<Erased> erased, JournalUnavailableException failure) {
    CompletableFuture<Erased> asker = askers.remove(salt);
    if (asker == null) {
      return;
    }
    if (erased.isPresent()) {
      asker.complete(erased.get());
    } else {
      asker.completeExceptionally(failure);
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "TRAIL0210W: A part of the journal was not closed properly.", e);
    }
  }
}
