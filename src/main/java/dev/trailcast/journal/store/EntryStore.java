package dev.trailcast.journal.store;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.identity.Identities;
import dev.trailcast.journal.store.identity.Identity;
import dev.trailcast.journal.store.identity.KeptIdentities;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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

  /** So many at most are counted when it is opened, in some milliseconds. */
  private static final int MOST_COUNTED = 5_000;

  /** Erased at a time: as many as expire at a time. */
  private static final int MOST_ERASED = 500;

  // fixed at birth
  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement find;
  private final PreparedStatement first;
  private final PreparedStatement firstSince;
  private final PreparedStatement usedBytes;
  private final PreparedStatement delete;
  private final PreparedStatement remember;
  private final PreparedStatement ofActor;
  private final PreparedStatement deleteOne;
  private final String epoch;
  private final Seal seal;
  private final List<OpenFile> files;
  private final WriteAheadLog log;
  private final Remains remains;
  private final Identities identities;

  // what is committed
  private long floor;
  private long head;
  private long recorded;
  private long kept;
  private long remembered; // the head when the file was last told how many are kept

  /** What is to be done in one transaction. */
  public interface Filling {
    /** Adds entries. */
    void fill(Entries entries) throws SQLException;
  }

  /** Takes entries into a transaction. */
  public interface Entries {
    /**
     * Adds an entry, unless one with the same id and source is kept already.
     *
     * @param entry with a place behind that of every other
     * @return the one that was there; empty if this one was added
     */
    Optional<Kept> add(JournalEntry entry) throws SQLException;
  }

  /**
   * An entry that is kept.
   *
   * @param activity empty if it is damaged
   */
  public record Kept(long offset, Optional<Activity> activity) {}

  /**
   * Opens the file, and makes it if it is not there.
   *
   * @throws SQLException if it can't be opened or is no journal
   */
  public static EntryStore open(Database database) throws SQLException, IOException {
    boolean again = database.wasOpened(); // then it is known that it is the same file
    Connection connection = database.openForWriting();
    try {
      return new EntryStore(database, connection, again);
    } catch (SQLException | IOException e) {
      connection.close();
      throw e;
    }
  }

  private EntryStore(Database database, Connection connection, boolean again)
      throws SQLException, IOException {
    this.connection = connection;
    log = new WriteAheadLog(database.log(), connection);
    remains = new Remains(database.file(), connection, log);
    insert = connection.prepareStatement("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    find = connection.prepareStatement("SELECT json FROM entry WHERE offset = ?");
    first =
        connection.prepareStatement(
            "SELECT offset FROM entry WHERE offset > ? ORDER BY offset LIMIT 1");
    firstSince =
        connection.prepareStatement(
            """
            SELECT offset FROM entry
            WHERE offset > ? AND offset <= ? AND recorded >= ? ORDER BY offset LIMIT 1
            """);
    usedBytes =
        connection.prepareStatement(
            """
            SELECT (page_count - freelist_count) * page_size
            FROM pragma_page_count, pragma_freelist_count, pragma_page_size
            """);
    delete = connection.prepareStatement("DELETE FROM entry WHERE offset <= ?");
    ofActor =
        connection.prepareStatement(
            """
            SELECT offset FROM entry
            WHERE offset > ? AND offset <= ? AND actor = ? ORDER BY offset LIMIT ?
            """);
    deleteOne = connection.prepareStatement("DELETE FROM entry WHERE offset = ?");
    remember =
        connection.prepareStatement(
            "UPDATE journal SET floor = ?, head = ?, recorded = ?, kept = ?");
    try (Statement statement = connection.createStatement();
        ResultSet known = statement.executeQuery(Schema.KNOWN)) {
      known.next();
      floor = known.getLong(2);
      head = known.getLong(3);
      recorded = known.getLong(4);
      kept = known.getLong(5);
      seal = new Seal(database.file());
      StreamPosition left = new StreamPosition(known.getString(1), head);
      epoch = again || seal.isIntact(left) ? left.epoch() : beginHistory(left);
      identities = new KeptIdentities(connection, known.getBytes(6), kept);
    }
    connection.commit();
    files = List.of(OpenFile.at(database.file()), OpenFile.at(database.log()));
  }

  /**
   * Positions that were given behind this one, and are not known here, must not be taken for ours.
   */
  private String beginHistory(StreamPosition left) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String begun = Schema.renewEpoch(statement);
      if (left.offset() > 0) {
        LOG.log(
            Level.WARNING,
            "The journal is not as it was left at {0}: it is a copy, or journal.seal is missing."
                + " It begins a new history, {1}: readers who come back are told of a gap.",
            left,
            begun);
      }
      return begun;
    }
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
    seal.renew(extent().head());
  }

  /** What it keeps. */
  public Extent extent() {
    return new Extent(new StreamPosition(epoch, floor), new StreamPosition(epoch, head));
  }

  /** How many entries it keeps. */
  public long kept() {
    return kept;
  }

  /** When the newest entry was recorded; those to come may not have been before. */
  public Instant recorded() {
    return Instant.ofEpochMilli(recorded);
  }

  /**
   * Lets go of the oldest entries and adds new ones: both in one transaction, because each costs a
   * sync of the disk (a quarter of the writer's time at 88,000 rows/s, when there were two). The
   * oldest go first: what has gone is kept no more.
   *
   * @param newFloor the last entry to let go; the floor as it is if none
   */
  public void commit(long newFloor, Filling filling) throws SQLException {
    Adding adding = new Adding();
    try {
      inTransaction(
          () -> {
            if (newFloor > floor) {
              adding.change -= deleteUpTo(newFloor);
            }
            if (newFloor > floor || head - remembered >= MOST_COUNTED) {
              remember(newFloor, kept + adding.change);
            }
            identities.prepare(newFloor, head, kept);
            filling.fill(adding);
            identities.save();
          });
    } catch (Throwable e) {
      identities.rolledBack();
      throw e;
    }
    identities.committed();
    floor = newFloor;
    head = adding.newest;
    recorded = adding.newestRecorded;
    kept += adding.change;
  }

  private int deleteUpTo(long offset) throws SQLException {
    delete.setLong(1, offset);
    return delete.executeUpdate();
  }

  /** What entries that are deleted can't tell any more, and others not soon enough. */
  private void remember(long newFloor, long newKept) throws SQLException {
    remember.setLong(1, newFloor);
    remember.setLong(2, head);
    remember.setLong(3, recorded);
    remember.setLong(4, newKept);
    remember.executeUpdate();
    remembered = head;
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
    long end = Math.min(upTo, Math.max(after, floor) + ERASING_STRETCH);
    List<Long> offsets = new ArrayList<>();
    inTransaction(
        () -> {
          ofActor.setLong(1, after);
          ofActor.setLong(2, end);
          ofActor.setString(3, actor);
          ofActor.setInt(4, MOST_ERASED);
          try (ResultSet rows = ofActor.executeQuery()) {
            while (rows.next()) {
              offsets.add(rows.getLong(1));
            }
          }
          for (long offset : offsets) {
            deleteOne.setLong(1, offset);
            deleteOne.executeUpdate();
          }
          if (!offsets.isEmpty()) {
            remember(floor, kept - offsets.size());
          }
        });
    kept -= offsets.size();
    for (PreparedStatement each : List.of(ofActor, insert)) {
      each.clearParameters(); // which it would keep until it is used again
    }
    boolean isFull = offsets.size() == MOST_ERASED;
    return new Erasing(offsets.size(), isFull ? offsets.get(offsets.size() - 1) : end);
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

  /** How far a transaction has come that is not committed yet. */
  private final class Adding implements Entries {
    private long newest = head;
    private long newestRecorded = recorded;
    private long change; // of how many are kept

    @Override
    public Optional<Kept> add(JournalEntry entry) throws SQLException {
      if (entry.offset() <= newest || !entry.position().epoch().equals(epoch)) {
        throw new IllegalArgumentException(
            "%s does not come behind %d of %s".formatted(entry.position(), newest, epoch));
      }
      long recordedAt = entry.recorded().toEpochMilli();
      Identity identity = identities.of(entry.activity());
      OptionalLong before = identities.find(identity, entry.offset());
      if (before.isPresent()) {
        return Optional.of(kept(before.getAsLong()));
      }
      insert(entry, recordedAt);
      identities.add(identity, entry.offset());
      newest = entry.offset();
      newestRecorded = recordedAt;
      change++;
      return Optional.empty();
    }
  }

  /** The one at this place. */
  private Kept kept(long offset) throws SQLException {
    find.setLong(1, offset);
    try (ResultSet row = find.executeQuery()) {
      row.next();
      return new Kept(offset, activity(row.getBytes(1)));
    }
  }

  private static Optional<Activity> activity(byte[] json) {
    try {
      return Optional.of(ActivityReader.read(new String(json, StandardCharsets.UTF_8)));
    } catch (RuntimeException e) { // is said by whoever reads it
      return Optional.empty();
    }
  }

  private void insert(JournalEntry entry, long recordedAt) throws SQLException {
    Activity activity = entry.activity();
    insert.setLong(1, entry.offset());
    insert.setLong(2, recordedAt);
    insert.setString(3, activity.source());
    insert.setString(4, activity.id());
    insert.setString(5, activity.type());
    insert.setString(6, activity.actor());
    insert.setString(7, activity.subject());
    insert.setString(8, activity.audience() == null ? null : activity.audience().toString());
    insert.setBytes(9, entry.encoded().json());
    insert.executeUpdate(); // executeBatch gained nothing, rows by the dozen in a statement 10 %
  }

  /** The offset of the oldest entry; the one behind the head if there is none. */
  public long first() throws SQLException {
    return inTransaction(
        () -> {
          first.setLong(1, floor);
          return number(first, head + 1);
        });
  }

  /**
   * The offset of the oldest entry that was recorded at {@code epochMillis} or later; the one
   * behind {@code upTo} if none was until there. Takes as long as there are older ones.
   */
  public long firstSince(long epochMillis, long upTo) throws SQLException {
    return inTransaction(
        () -> {
          firstSince.setLong(1, floor);
          firstSince.setLong(2, upTo);
          firstSince.setLong(3, epochMillis);
          return number(firstSince, upTo + 1);
        });
  }

  /**
   * How much room the entries take. Pages that became free are not counted: they are used again
   * before the file grows, and so it stays at the size it once needed.
   */
  public long usedBytes() throws SQLException {
    return inTransaction(() -> number(usedBytes, 0));
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

  private static long number(PreparedStatement query, long otherwise) throws SQLException {
    try (ResultSet result = query.executeQuery()) {
      return result.next() ? result.getLong(1) : otherwise;
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
