package dev.trailcast.journal.store;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.Lineage;
import dev.trailcast.journal.Receipt.Outcome;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.identity.Identities;
import dev.trailcast.journal.store.identity.KeptIdentities;
import dev.trailcast.journal.store.identity.WindowIdentities;
import dev.trailcast.journal.store.sketch.SketchReader;
import dev.trailcast.journal.store.sketch.SketchScan;
import dev.trailcast.journal.store.sketch.SketchedFilter;
import dev.trailcast.journal.store.sketch.Sketches;
import dev.trailcast.journal.store.sketch.Stretch;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The entries, for the one thread that writes them. Their places are given by whoever makes the
 * order: rising, with holes or without. Each method is a transaction: where it throws, nothing has
 * changed, as far as can be known.
 */
public final class EntryStore implements AutoCloseable {
  private static final Logger LOG = System.getLogger(EntryStore.class.getName());

  /** As much as a usual commit writes: where this has no room, neither has that. */
  private static final int PROBE_BYTES = 64 * 1_024;

  /** Looked through for an erasure at a time: 3 to 5 ms where nothing is found. */
  private static final int ERASING_STRETCH = 10_000;

  /** The same where names have to be asked for: up to 5 ms where each is another. */
  private static final int UNNAMED_ERASING_STRETCH = 2_500;

  /** So many at most are counted when it is opened, in some milliseconds. */
  private static final int MOST_COUNTED = 5_000;

  /** Erased at a time: as many as expire at a time. */
  private static final int MOST_ERASED = 500;

  // fixed at birth
  private final StoreFigures figures;
  private final Connection connection;
  private final EntryTable table;
  private final JournalRow row;
  private final Order order;
  private final Identities identities;
  private final Sketches sketches;
  private final SketchReader sketched; // what is to be erased
  private final Optional<UnappliedErasures> erasures; // none where they are done before they come
  private final List<OpenFile> files;
  private final WriteAheadLog log;
  private final Remains remains;

  // what is committed
  private Standing standing;
  private long told; // the head when the row was last told

  /** What is to be done in one transaction. */
  public interface Filling {
    /** Adds entries. */
    void fill(Entries entries) throws SQLException;
  }

  /** Takes entries into a transaction, and what else has a place in the order. */
  public interface Entries {
    /**
     * Adds an entry, unless it repeats one: of those that are kept or, in a copy, of those that
     * have come within its window.
     *
     * @param entry with a place behind that of every other
     * @return the one that it repeats; empty if it was added
     */
    Optional<Kept> add(JournalEntry entry) throws SQLException;

    /**
     * Only remembers in a copy, so that it is known when it is repeated, what stands before
     * everything that is kept.
     *
     * @param place behind every other, up to the floor
     */
    void remember(Activity activity, StreamPosition place) throws SQLException;

    /**
     * Passes over something that is not to be kept.
     *
     * @param place behind every other
     */
    void skip(StreamPosition place) throws SQLException;

    /**
     * Something takes no place and is not kept: only when it came is written, as durably as an
     * entry, and what comes later is not recorded before that.
     */
    void pass(Instant recorded);

    /** There is nothing more up to an offset, which may be where it has come to already. */
    void moveTo(long offset);
  }

  /**
   * An entry that is repeated.
   *
   * @param activity empty if it is damaged, or a copy does not have it any more
   */
  public record Kept(long offset, Optional<Activity> activity) {
    /**
     * What has become of one with its id and source. One that can't be read any more was recorded
     * before: that is all that is known.
     */
    public Outcome outcomeOf(EncodedActivity repeated) {
      boolean same = activity.map(before -> before.tellsTheSame(repeated.activity())).orElse(true);
      return same ? Outcome.DUPLICATE : Outcome.CONFLICT;
    }
  }

  /**
   * Opens the file of an original, and makes it if it is not there.
   *
   * @throws SQLException if it can't be opened or is no journal
   */
  public static EntryStore open(Database database) throws SQLException, IOException {
    boolean again = database.wasOpened(); // then it is known that it is the same file
    Connection connection = database.openForWriting();
    try {
      JournalRow row = JournalRow.find(connection).orElseThrow();
      Standing standing = row.standing();
      StreamPosition left = new StreamPosition(row.epoch(), standing.head());
      Order order = new OwnOrder(database, connection, left, again);
      Identities identities = new KeptIdentities(connection, row.salt(), standing.kept());
      return new EntryStore(database, connection, row, order, identities, Optional.empty());
    } catch (SQLException | IOException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Opens the file of a copy.
   *
   * @param window how many offsets before its own are looked at to find what each record repeats
   * @return empty where none was begun, or it was made by another version, or with another window:
   *     it is to be {@link #beginCopy begun anew}
   * @throws SQLException if it can't be opened or is no copy
   */
  public static Optional<EntryStore> openCopy(Database database, long window)
      throws SQLException, IOException {
    Connection connection = database.openForWriting();
    try {
      Optional<JournalRow> row = Optional.empty();
      if (isDecidedBy(window, connection)) {
        row = JournalRow.find(connection);
      }
      if (row.isEmpty()) {
        connection.close();
        return Optional.empty();
      }
      return Optional.of(copy(database, connection, row.get(), window));
    } catch (SQLException | IOException e) {
      connection.close();
      throw e;
    }
  }

  private static boolean isDecidedBy(long window, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return Schema.isCurrent(statement, StoreKind.COPY)
          && WindowIdentities.isDecidedBy(window, statement);
    }
  }

  /**
   * Begins a copy, instead of the one that was there, which has to be closed. That takes no longer
   * where it was a large one.
   *
   * @param window as it will have to be opened
   * @param after the last place of the log that is not looked at, in the history to copy
   * @param floor up to here records are only remembered, because what comes before may repeat what
   *     nobody knows any more: a window behind {@code after}, or that itself where it is the log's
   *     very beginning
   */
  public static EntryStore beginCopy(
      Database database, long window, StreamPosition after, long floor)
      throws SQLException, IOException {
    if (floor < after.offset()) {
      throw new IllegalArgumentException("the floor can't be %d before %s".formatted(floor, after));
    }
    database.delete();
    Connection connection = database.openForWriting();
    try (Statement statement = connection.createStatement()) {
      WindowIdentities.begin(statement, window);
      JournalRow.begin(connection, after.epoch(), floor, after.offset());
      JournalRow row = JournalRow.find(connection).orElseThrow();
      return copy(database, connection, row, window);
    } catch (SQLException | IOException e) {
      connection.close();
      throw e;
    }
  }

  private static EntryStore copy(
      Database database, Connection connection, JournalRow row, long window)
      throws SQLException, IOException {
    return new EntryStore(
        database,
        connection,
        row,
        new LogOrder(connection, row.epoch()),
        new WindowIdentities(connection, row.salt(), window),
        Optional.of(new UnappliedErasures(connection)));
  }

  private EntryStore(
      Database database,
      Connection connection,
      JournalRow row,
      Order order,
      Identities identities,
      Optional<UnappliedErasures> erasures)
      throws SQLException, IOException {
    this.figures = database.counted();
    this.connection = connection;
    this.row = row;
    this.standing = row.standing();
    this.order = order;
    this.identities = identities;
    this.erasures = erasures;
    log = new WriteAheadLog(database.log(), connection);
    remains = new Remains(database.file(), connection, log);
    table = new EntryTable(connection);
    sketches = new Sketches(connection, row.salt());
    sketched = new SketchReader(connection);
    connection.commit();
    files = List.of(OpenFile.at(database.file()), OpenFile.at(database.log()));
    figures.keeps(standing.kept());
  }

  /**
   * Makes sure that the files are where they were, for else nobody would find again what is
   * written; and keeps in mind how far it has come. To be done every second or so.
   *
   * @throws IOException in words for an operator
   */
  public void secure() throws IOException {
    for (OpenFile file : files) {
      file.check();
    }
    order.secure(extent().head());
  }

  /** What it keeps. A copy that has not come to its floor yet reaches from there to there. */
  public Extent extent() {
    Lineage lineage = order.lineage();
    long end = standing.end();
    return new Extent(at(standing.floor()), at(end), lineage, end);
  }

  /** Up to where it has come in the order: behind it a copy goes on in the log. */
  public StreamPosition copied() {
    return at(standing.head());
  }

  private StreamPosition at(long offset) {
    return new StreamPosition(order.epoch(), order.lineage().eraAt(offset), offset);
  }

  /** How many entries it keeps. */
  public long kept() {
    return standing.kept();
  }

  /** When the newest entry was recorded; those to come may not have been before. */
  public Instant recorded() {
    return Instant.ofEpochMilli(standing.recorded());
  }

  /**
   * Lets go of the oldest entries and adds new ones: both in one transaction, because each costs a
   * sync of the disk (a quarter of the writer's time at 88,000 rows/s, when there were two). The
   * oldest go first: what has gone is kept no more.
   *
   * @param newFloor the last entry to let go; the floor as it is if none
   */
  public void commit(long newFloor, Filling filling) throws SQLException {
    long begun = System.nanoTime();
    Adding adding = new Adding(table, order, identities, sketches, erasures, standing);
    try {
      inTransaction(
          () -> {
            if (newFloor > standing.floor()) {
              adding.letGo(newFloor);
            }
            identities.prepare(newFloor, standing.head(), standing.kept());
            sketches.prepare(newFloor, standing.head());
            filling.fill(adding);
            identities.save();
            Standing now = adding.standing();
            if (adding.isToBeTold() || now.head() - told >= MOST_COUNTED) {
              tell(now);
            }
          });
    } catch (Throwable e) {
      identities.rolledBack();
      sketches.rolledBack();
      order.rolledBack();
      throw e;
    }
    identities.committed();
    order.committed();
    standing = adding.standing();
    figures.committed(System.nanoTime() - begun, adding.added(), adding.letGo());
    figures.keeps(standing.kept());
  }

  /** What entries that are deleted can't tell any more, and others not soon enough. */
  private void tell(Standing now) throws SQLException {
    row.update(now);
    told = now.head();
  }

  /**
   * A part of an erasure.
   *
   * @param count how many entries went
   * @param upTo up to here none of the actor's is left
   */
  public record Erasing(long count, long upTo) {}

  /**
   * Erases what an actor did, between two offsets, or a part of it that takes milliseconds. What
   * was there is overwritten in the file; what is left elsewhere is to be {@link #wipe wiped}.
   *
   * @param after what comes behind this goes
   * @param upTo and nothing that comes behind this
   */
  public Erasing erase(String actor, long after, long upTo) throws SQLException {
    Stretch whole = new Stretch(Math.max(after, standing.floor()), upTo);
    Erasing erased =
        inTransaction(
            () -> {
              Stretch stretch = mayHave(actor, whole);
              List<Long> offsets =
                  table.delete(actor, stretch.after(), stretch.upTo(), MOST_ERASED);
              if (!offsets.isEmpty()) {
                sketches.forget(offsets);
                tell(standing.without(offsets.size()));
              }
              boolean isFull = offsets.size() == MOST_ERASED;
              return new Erasing(
                  offsets.size(), isFull ? offsets.get(offsets.size() - 1) : stretch.upTo());
            });
    standing = standing.without(erased.count());
    figures.keeps(standing.kept());
    table.forget();
    return erased;
  }

  /** The first stretch in which an actor may have done something, or where to go on. */
  private Stretch mayHave(String actor, Stretch whole) throws SQLException {
    try (SketchScan scan =
        sketched.forward(whole, Optional.of(SketchedFilter.of(Attribute.ACTOR, actor)))) {
      return scan.next(ERASING_STRETCH);
    }
  }

  /**
   * The same for an actor whose name is not known, where no two names are meant.
   *
   * @param actor which name it is: asked once for each, in each part
   */
  public Erasing erase(Predicate<String> actor, long after, long upTo) throws SQLException {
    long end = Math.min(upTo, Math.max(after, standing.floor()) + UNNAMED_ERASING_STRETCH);
    Optional<String> name = inTransaction(() -> table.actor(actor, after, end));
    return name.isPresent() ? erase(name.get(), after, end) : new Erasing(0, end);
  }

  /**
   * Those entries that tell of an erasure which was not said to be {@link #applied} to a copy, in
   * order. They may have been let go meanwhile.
   */
  public List<JournalEntry> unapplied() throws SQLException {
    return erasures.isEmpty() ? List.of() : inTransaction(() -> erasures.get().all(extent()));
  }

  /** The erasure that the entry at an offset tells of is done here. */
  public void applied(long offset) throws SQLException {
    if (erasures.isPresent()) {
      inTransaction(() -> erasures.get().remove(offset));
    }
  }

  /**
   * Overwrites a part of what is left of erased entries where nobody looks. Over and over, until
   * all is done; it takes milliseconds, unless somebody reads from the log for longer, for which it
   * does not wait.
   *
   * @param page where to go on: 0 at first
   * @return where to go on, which is the same where somebody reads; negative where all is done
   */
  public long wipe(long page) throws SQLException, IOException {
    return remains.wipe(page);
  }

  /** The offset of the oldest entry; the one behind the head if there is none. */
  public long first() throws SQLException {
    return inTransaction(() -> table.oldest(standing.floor(), 0, standing.end() + 1));
  }

  /** The offset of the last one of so many oldest entries; of the head if there are no more. */
  public long oldest(long count) throws SQLException {
    return inTransaction(() -> table.oldest(standing.floor(), count - 1, standing.end()));
  }

  /**
   * The offset of the oldest entry that was recorded at {@code epochMillis} or later; the one
   * behind {@code upTo} if none was until there. Takes as long as there are older ones.
   */
  public long firstSince(long epochMillis, long upTo) throws SQLException {
    return inTransaction(() -> table.firstSince(epochMillis, standing.floor(), upTo, upTo + 1));
  }

  /**
   * How much room the entries take. Pages that became free are not counted: they are used again
   * before the file grows, and so it stays at the size it once needed.
   */
  public long usedBytes() throws SQLException {
    return inTransaction(table::usedBytes);
  }

  /** Finds out whether it can be written: writes something, for a moment. */
  public void probe() throws SQLException {
    inTransaction(() -> execute("INSERT INTO probe VALUES (zeroblob(" + PROBE_BYTES + "))"));
    inTransaction(() -> execute("DELETE FROM probe"));
  }

  /** Sees to it that the log does not grow too long, whoever reads. */
  public void boundLog() throws SQLException {
    log.bound();
  }

  @Override
  public void close() throws SQLException {
    try {
      secure();
    } catch (IOException e) { // an older seal will do
      LOG.log(Level.DEBUG, "The journal was not sealed as it is closed", e);
    } finally {
      connection.close(); // the last connection carries the log over and deletes it
      remains.close();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private interface Change {
    void run() throws SQLException;
  }

  private void inTransaction(Change change) throws SQLException {
    inTransaction(
        () -> {
          change.run();
          return null;
        });
  }

  private <T> T inTransaction(Work<T> work) throws SQLException {
    try {
      T result = work.run();
      connection.commit();
      return result;
    } catch (Throwable e) {
      try {
        connection.rollback();
      } catch (SQLException done) { // SQLite rolls back by itself where the disk is the cause
        e.addSuppressed(done);
      }
      throw e;
    }
  }
}
