package dev.trailcast.journal.store;

import dev.trailcast.journal.store.identity.KeptIdentities;
import dev.trailcast.journal.store.identity.WindowIdentities;
import dev.trailcast.journal.store.sketch.Chapters;
import dev.trailcast.journal.store.sketch.Sketches;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What is in the file. The version of each {@link StoreKind} changes with every change here: an
 * older original needs a migration then, and a copy is made anew.
 */
final class Schema {
  /** The oldest original that can be migrated. */
  private static final int OLDEST_VERSION = 1;

  /** The first with {@code journal.kept}. */
  private static final int VERSION_WITH_KEPT = 2;

  /** The first with slices instead of an index. */
  private static final int VERSION_WITH_SLICES = 3;

  /** The first with sketches as they are now. */
  private static final int VERSION_WITH_SKETCHES = 5;

  /** The first with filters of few sizes, and with chapters. */
  private static final int VERSION_WITH_CHAPTERS = 6;

  private static final int EPOCH_LENGTH = 6;

  private Schema() {}

  /**
   * Refuses what this program can't go on with.
   *
   * @throws SQLException saying what it is
   */
  static void check(Statement statement, StoreKind kind) throws SQLException {
    if (isEmpty(statement)) {
      return;
    }
    if (number(statement, "PRAGMA application_id") != kind.applicationId()) {
      throw new SQLException("it holds another application's database");
    }
    long version = number(statement, "PRAGMA user_version");
    boolean canMigrate = version >= OLDEST_VERSION && version <= kind.version();
    if (kind == StoreKind.ORIGINAL && !canMigrate) {
      throw new SQLException(
          "it was written by %s version of Trailcast (schema %d; this one has %d)"
              .formatted(
                  version > kind.version() ? "a newer" : "another", version, kind.version()));
    }
  }

  /** Whether a file that is not refused is one that this version has made. */
  static boolean isCurrent(Statement statement, StoreKind kind) throws SQLException {
    return number(statement, "PRAGMA user_version") == kind.version();
  }

  /** In the transaction that the connection is in, so that it is there as a whole or not at all. */
  static void createIfMissing(Statement statement, StoreKind kind) throws SQLException {
    if (isEmpty(statement)) {
      createShared(statement);
      switch (kind) {
        case ORIGINAL -> createOriginal(statement);
        case COPY -> createCopy(statement);
      }
      statement.execute("PRAGMA application_id = " + kind.applicationId());
      statement.execute("PRAGMA user_version = " + kind.version());
    } else if (kind == StoreKind.ORIGINAL) {
      migrate(statement);
    }
  }

  private static void createShared(Statement statement) throws SQLException {
    // json last: whoever looks at the columns before it doesn't touch the pages it runs over into
    statement.execute(
        """
        CREATE TABLE entry (
          offset INTEGER PRIMARY KEY,
          recorded INTEGER NOT NULL,
          source TEXT NOT NULL,
          id TEXT NOT NULL,
          type TEXT NOT NULL,
          actor TEXT,
          subject TEXT,
          audience TEXT,
          json BLOB NOT NULL
        ) STRICT
        """);
    // see JournalRow
    statement.execute(
        """
        CREATE TABLE journal (
          epoch TEXT NOT NULL,
          floor INTEGER NOT NULL,
          head INTEGER NOT NULL,
          recorded INTEGER NOT NULL,
          kept INTEGER,
          salt BLOB
        ) STRICT
        """);
    Sketches.createTable(statement);
    Chapters.createTable(statement);
    // takes up room and gives it back: EntryStore.probe
    statement.execute("CREATE TABLE probe (filler BLOB NOT NULL) STRICT");
  }

  /** The entries have no index: each costs a part of the ingest. */
  private static void createOriginal(Statement statement) throws SQLException {
    KeptIdentities.createTables(statement);
    statement.execute(
        "INSERT INTO journal VALUES ('" + newEpoch() + "', 0, 0, 0, 0, randomblob(16))");
  }

  private static void createCopy(Statement statement) throws SQLException {
    WindowIdentities.createTables(statement);
    LogOrder.createTables(statement);
    UnappliedErasures.createTables(statement);
  }

  private static void migrate(Statement statement) throws SQLException {
    long version = number(statement, "PRAGMA user_version");
    if (version < VERSION_WITH_KEPT) {
      statement.execute("ALTER TABLE journal ADD COLUMN kept INTEGER"); // null: not counted yet
    }
    if (version < VERSION_WITH_SLICES) {
      statement.execute("DROP INDEX entry_identity");
      KeptIdentities.createTables(statement); // empty: they are made from the entries
      statement.execute("ALTER TABLE journal ADD COLUMN salt BLOB");
      statement.execute("UPDATE journal SET salt = randomblob(16)");
    }
    if (version < VERSION_WITH_SKETCHES) {
      statement.execute("DROP TABLE IF EXISTS sketch");
      Sketches.createTable(statement); // of what is yet to come
    }
    if (version < VERSION_WITH_CHAPTERS) {
      KeptIdentities.makeFilters(statement.getConnection());
      Chapters.createTable(statement); // of what is yet to come
    }
    if (version < StoreKind.ORIGINAL.version()) {
      statement.execute("PRAGMA user_version = " + StoreKind.ORIGINAL.version());
    }
  }

  /** From now on it is another history. */
  static String renewEpoch(Statement statement) throws SQLException {
    String epoch = newEpoch();
    statement.execute("UPDATE journal SET epoch = '" + epoch + "'");
    return epoch;
  }

  private static boolean isEmpty(Statement statement) throws SQLException {
    return number(statement, "SELECT count(*) FROM sqlite_schema") == 0;
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getLong(1);
    }
  }

  /** Two billion of them: no two journals that a reader ever meets have the same. */
  private static String newEpoch() {
    SecureRandom random = new SecureRandom();
    StringBuilder epoch = new StringBuilder();
    while (epoch.length() < EPOCH_LENGTH) {
      epoch.append(Character.forDigit(random.nextInt(Character.MAX_RADIX), Character.MAX_RADIX));
    }
    return epoch.toString();
  }
}
