package dev.trailcast.journal.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * SQLite's log: what was committed is in it first. As a rule a commit carries it over into the
 * file, and it is written over from its beginning once nobody reads from it. For the one thread
 * that writes.
 */
final class WriteAheadLog {
  /** Our own reads take milliseconds, and others must not hold up the writer. */
  private static final int EMPTYING_PATIENCE_MILLIS = 20;

  /** Eight times the usual length: it gets there only while somebody reads on and on. */
  private static final long LONGEST = 64 << 20;

  private final Path file;
  private final Connection connection;

  /**
   * @param connection that writes
   */
  WriteAheadLog(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  /**
   * Carries it over and leaves nothing in it, unless somebody reads from it.
   *
   * @return whether it is empty
   */
  boolean empty() throws SQLException {
    return cut(EMPTYING_PATIENCE_MILLIS);
  }

  /**
   * Cuts it where it has grown long, because there always is somebody who reads from it: that takes
   * a moment in which new readers are sent to the file.
   */
  void bound() throws SQLException {
    if (file.toFile().length() > LONGEST) {
      cut(Database.LOG_PATIENCE_MILLIS); // as far as it can be done in this time
    }
  }

  private boolean cut(int patienceMillis) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = " + patienceMillis);
      try (ResultSet done = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
        return done.next() && done.getInt(1) == 0; // whether it was kept from it
      } finally {
        statement.execute("PRAGMA busy_timeout = " + Database.BUSY_MILLIS);
      }
    }
  }
}
