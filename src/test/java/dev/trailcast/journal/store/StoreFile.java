package dev.trailcast.journal.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The file of a store, as somebody else sees it. */
public final class StoreFile {
  private StoreFile() {}

  /** Does something to it. */
  public static void execute(Path directory, String... statements) {
    execute(directory, StoreKind.ORIGINAL, statements);
  }

  /** Does something to it. */
  public static void execute(Path directory, StoreKind kind, String... statements) {
    try (Connection connection = connect(directory, kind);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** A number that is found in it. */
  public static long query(Path directory, String sql) {
    return query(directory, StoreKind.ORIGINAL, sql);
  }

  /** A number that is found in it. */
  public static long query(Path directory, StoreKind kind, String sql) {
    try (Connection connection = connect(directory, kind);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes it what version 2 would have made: an index, and no slices and no sketches. */
  public static void makeVersion2(Path directory) {
    execute(
        directory,
        "CREATE UNIQUE INDEX entry_identity ON entry (id, source)",
        "DROP TABLE sketch",
        "DROP TABLE chapter",
        "DROP TABLE slice",
        "DROP TABLE run",
        "ALTER TABLE journal DROP COLUMN salt",
        "PRAGMA user_version = 2");
  }

  /** And what version 1 would have made. */
  static void makeVersion1(Path directory) {
    makeVersion2(directory);
    execute(directory, "ALTER TABLE journal DROP COLUMN kept", "PRAGMA user_version = 1");
  }

  /** Opens it. */
  public static Connection connect(Path directory) throws SQLException {
    return connect(directory, StoreKind.ORIGINAL);
  }

  private static Connection connect(Path directory, StoreKind kind) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(kind.file()));
  }
}
