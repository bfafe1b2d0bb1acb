package dev.trailcast.ingest.outbox;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.container.Enduring;
import dev.trailcast.ingest.Door;
import dev.trailcast.ingest.Intake;
import dev.trailcast.ingest.outbox.OutboxRow.Place;
import dev.trailcast.ingest.outbox.OutboxTable.Backlog;
import dev.trailcast.ingest.outbox.OutboxTable.Page;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalFullException;
import dev.trailcast.journal.JournalUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Empties the table: deletes what was recorded after its commit, and, at the start and again and
 * again, records and deletes what was left. It has the one thread that waits for the database, and
 * where that is slow nobody else does.
 *
 * <p>It goes over all rows each time and remembers no place: of two transactions, the later one may
 * become visible first. A row goes when it is recorded, or when something else has been with its id
 * and source. One that can't be recorded as it is stays, and is told; the rows after it go on.
 */
final class Relay implements Runnable {
  private static final Logger LOG = System.getLogger(Relay.class.getName());

  /** How much is read and recorded at a time, whichever is reached first. */
  private static final int PAGE_ROWS = 200;

  private static final long PAGE_BYTES = 1 << 20;

  /** Who has just committed records by itself, and more quickly. */
  private static final Duration FRESH = Duration.ofSeconds(2);

  /**
   * What is recorded waits for company: a commit of its own would cost the database as much again.
   */
  private static final Duration LINGER = Duration.ofMillis(100);

  /** When the journal is asked again that had no room. */
  private static final Duration SOON = Duration.ofMillis(200);

  /** A page waits for the journal, and twice for the database. */
  private static final Duration ERASING_PATIENCE = Duration.ofSeconds(30);

  /** Beyond these the next look finds what is to be deleted. */
  private static final int MOST_RECORDED = 10_000;

  private static final int MOST_DELETED = 500;

  /** Of rows that can't be recorded; beyond these they are neither logged nor counted. */
  private static final int MOST_TOLD = 1_000;

  // fixed at birth
  private final OutboxTable table;
  private final OutboxSettings settings;
  private final Intake intake;
  private final BooleanSupplier journalIsReady;
  private final Clock clock;

  /** Whoever holds it reads rows, and nobody has any in hand that are deleted meanwhile. */
  private final ReentrantLock reading = new ReentrantLock(true);

  private volatile OutboxStatus status = OutboxStatus.EMPTY; // written by the relay's thread

  // guarded by this
  private final ArrayDeque<String> recorded = new ArrayDeque<>(); // transactions, to be deleted
  private long recordedSince; // the first of them; of a meaning where there is one
  private boolean stopped;

  // only the relay's thread
  private long nextLook = System.nanoTime();
  private Set<Place> refused = new HashSet<>(); // those that were told
  private Set<Place> refusedNow = new HashSet<>(); // found in this look

  Relay(
      OutboxTable table,
      OutboxSettings settings,
      Intake intake,
      BooleanSupplier journalIsReady,
      Clock clock) {
    this.table = table;
    this.settings = settings;
    this.intake = intake.at(Door.OUTBOX);
    this.journalIsReady = journalIsReady;
    this.clock = clock;
  }

  /** A transaction's activities are durable. Only takes note. */
  synchronized void recorded(String batch) {
    if (recorded.isEmpty()) {
      recordedSince = System.nanoTime();
    }
    if (recorded.size() < MOST_RECORDED) {
      recorded.add(batch);
      notifyAll();
    }
  }

  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  OutboxStatus status() {
    return status;
  }

  @Override
  public void run() {
    Thread.currentThread().setName("trailcast-outbox");
    try {
      while (awaitWork()) {
        try {
          work();
        } catch (Throwable e) { // an Error, too, ends a step and not the thread
          fail(e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server takes its threads back
    }
  }

  private synchronized boolean awaitWork() throws InterruptedException {
    long nanos = untilWork();
    while (!stopped && nanos > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
      nanos = untilWork();
    }
    return !stopped;
  }

  private synchronized long untilWork() {
    long now = System.nanoTime();
    if (recorded.size() >= MOST_DELETED) {
      return 0;
    }
    long untilLook = nextLook - now;
    return recorded.isEmpty()
        ? untilLook
        : Math.min(untilLook, recordedSince + LINGER.toNanos() - now);
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private void work() throws SQLException {
    if (nextLook - System.nanoTime() > 0) {
      deleteRecorded();
    } else {
      nextLook = System.nanoTime() + settings.relayInterval().toNanos();
      if (status.problem() != null) {
        prepare();
      }
      look();
    }
  }

  private void fail(Throwable e) {
    forgetRecorded(); // the next look finds them, and until then the database is left in peace
    String problem = "The outbox can't be used: " + e.getMessage();
    if (status.problem() == null) {
      Enduring.log(LOG, Level.ERROR, "TRAIL0302E: " + problem, e);
    }
    status = status.withProblem(problem);
  }

  /** Before its thread does, and before anything is fired; whatever goes wrong, it is told. */
  void begin() {
    try {
      prepare();
    } catch (SQLException | RuntimeException e) {
      fail(e);
    }
  }

  private void prepare() throws SQLException {
    if (settings.createTable()) {
      table.create();
    }
    table.backlog();
  }

  /** Goes over all rows. */
  void look() throws SQLException {
    refusedNow = new HashSet<>();
    try {
      Optional<Place> next = Optional.of(Place.START);
      while (next.isPresent() && !isStopped()) {
        deleteRecorded();
        next = recordPage(next.get());
      }
    } catch (JournalFullException e) {
      nextLook = System.nanoTime() + SOON.toNanos();
    } catch (JournalUnavailableException e) {
      LOG.log(Level.DEBUG, "The outbox waits for the journal", e); // which tells it itself
    }
    refused = refusedNow;
    backlog();
  }

  private void backlog() throws SQLException {
    Backlog backlog = table.backlog();
    Instant oldest = backlog.oldestBatch() == null ? null : begun(backlog.oldestBatch());
    status = new OutboxStatus(backlog.rows(), oldest, refused.size(), null);
  }

  /** Where to go on; empty at the end. */
  private Optional<Place> recordPage(Place after) throws SQLException {
    reading.lock();
    try {
      Page page = table.read(after, PAGE_ROWS, PAGE_BYTES);
      List<Left> left = new ArrayList<>();
      for (OutboxRow row : page.rows()) {
        if (!isFresh(row.place().batch())) {
          read(row).ifPresent(activity -> left.add(new Left(row, activity)));
        }
      }
      List<OutboxRow> settled = record(left);
      if (!settled.isEmpty()) {
        table.delete(settled);
      }
      return page.isLast()
          ? Optional.empty()
          : Optional.of(page.rows().get(page.rows().size() - 1).place());
    } finally {
      reading.unlock();
    }
  }

  private record Left(OutboxRow row, EncodedActivity activity) {}

  private Optional<EncodedActivity> read(OutboxRow row) {
    try {
      Activity activity = ActivityReader.read(new String(row.activity(), StandardCharsets.UTF_8));
      activity.checkForeign();
      return Optional.of(EncodedActivity.of(activity));
    } catch (InvalidActivityException e) {
      refuse(row.place(), e);
      return Optional.empty();
    }
  }

  /** Those that need not stay. */
  private List<OutboxRow> record(List<Left> left) {
    try {
      intake.await(intake.recordKept(left.stream().map(Left::activity).toList()));
      return left.stream().map(Left::row).toList();
    } catch (JournalUnavailableException e) {
      if (!isOfARow(e)) {
        throw e;
      }
      if (left.size() == 1) {
        refuse(left.get(0).row().place(), e);
        return List.of();
      }
      int half = left.size() / 2;
      List<OutboxRow> settled = new ArrayList<>(record(left.subList(0, half)));
      settled.addAll(record(left.subList(half, left.size())));
      return settled;
    }
  }

  /** Whether the journal refuses one of them for good, and would take the others. */
  private boolean isOfARow(JournalException e) {
    return !(e.getCause() instanceof TimeoutException)
        && !Thread.currentThread().isInterrupted()
        && journalIsReady.getAsBoolean();
  }

  private void refuse(Place place, RuntimeException because) {
    if (refusedNow.size() == MOST_TOLD) {
      return;
    }
    refusedNow.add(place);
    if (!refused.contains(place)) {
      LOG.log(
          Level.ERROR,
          "TRAIL0303E: An activity in the outbox can't be recorded, and stays there: batch %s, place %d"
              .formatted(place.batch(), place.number()),
          because);
    }
  }

  private boolean isFresh(String batch) {
    Duration age = Duration.between(begun(batch), clock.instant());
    return !age.isNegative() && age.compareTo(FRESH) < 0; // a clock that was set back is no reason
  }

  /** When a transaction fired first: what a UUID of version 7 begins with. */
  private static Instant begun(String batch) {
    try {
      return Instant.ofEpochMilli(UUID.fromString(batch).getMostSignificantBits() >>> 16);
    } catch (IllegalArgumentException e) {
      return Instant.EPOCH; // somebody has put rows in by hand
    }
  }

  private void deleteRecorded() throws SQLException {
    List<String> batches = takeRecorded();
    if (!batches.isEmpty()) {
      table.deleteBatches(batches);
    }
  }

  private synchronized List<String> takeRecorded() {
    List<String> taken = new ArrayList<>();
    while (taken.size() < MOST_DELETED && !recorded.isEmpty()) {
      taken.add(recorded.remove());
    }
    return taken;
  }

  private synchronized void forgetRecorded() {
    recorded.clear();
  }

  /**
   * Deletes what an actor did, and lets nothing of it be recorded that is there now. For any
   * thread.
   *
   * @return how many rows they were
   * @throws SQLException if the database can't be asked now
   */
  int erase(String actor) throws SQLException, InterruptedException {
    if (!reading.tryLock(ERASING_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new SQLTimeoutException("the outbox is being read for " + ERASING_PATIENCE);
    }
    try {
      return table.deleteActor(actor);
    } finally {
      reading.unlock();
    }
  }
}
