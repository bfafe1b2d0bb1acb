package dev.trailcast.journal.store;

import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries of a copy that tell of an erasure which has not been done here yet. They are noted as
 * they come, apart from the entries, which may be let go before. For the one thread that writes,
 * inside its transactions.
 */
final class UnappliedErasures {
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement delete;

  UnappliedErasures(Connection connection) throws SQLException {
    insert = connection.prepareStatement("INSERT INTO erasure VALUES (?, ?, ?)");
    select =
        connection.prepareStatement("SELECT offset, recorded, json FROM erasure ORDER BY offset");
    delete = connection.prepareStatement("DELETE FROM erasure WHERE offset = ?");
  }

  static void createTables(Statement statement) throws SQLException {
    statement.execute(
        """
        CREATE TABLE erasure (
          offset INTEGER PRIMARY KEY,
          recorded INTEGER NOT NULL,
          json BLOB NOT NULL
        ) STRICT
        """);
  }

  void add(JournalEntry entry) throws SQLException {
    insert.setLong(1, entry.offset());
    insert.setLong(2, entry.recorded().toEpochMilli());
    insert.setBytes(3, entry.encoded().json());
    insert.executeUpdate();
  }

  /**
   * All of them, in order.
   *
   * @param extent of the journal
   */
  List<JournalEntry> all(Extent extent) throws SQLException {
    List<JournalEntry> all = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        byte[] json = rows.getBytes(3);
        all.add(
            new JournalEntry(
                extent.at(rows.getLong(1)),
                Instant.ofEpochMilli(rows.getLong(2)),
                new EncodedActivity(
                    ActivityReader.read(new String(json, StandardCharsets.UTF_8)), json)));
      }
    }
    return all;
  }

  void remove(long offset) throws SQLException {
    delete.setLong(1, offset);
    delete.executeUpdate();
  }
}
