package dev.trailcast.journal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The one row that says what the entries can't tell any more once they are deleted: for the rest,
 * how far the store has come is told by those behind what the row says.
 */
final class JournalRow {
  /** To count a million takes 0.1 s, and more than a second where the file is not in memory. */
  private static final String FIND =
      """
      SELECT
        epoch,
        salt,
        floor,
        max(head, coalesce((SELECT max(offset) FROM entry), 0)),
        max(recorded, coalesce((SELECT recorded FROM entry ORDER BY offset DESC LIMIT 1), 0)),
        coalesce(
          kept + (SELECT count(*) FROM entry WHERE offset > head),
          (SELECT count(*) FROM entry))
      FROM journal
      """;

  private final PreparedStatement update;
  private final String epoch;
  private final byte[] salt;
  private final Standing standing;

  private JournalRow(Connection connection, ResultSet found) throws SQLException {
    update =
        connection.prepareStatement(
            "UPDATE journal SET floor = ?, head = ?, recorded = ?, kept = ?");
    epoch = found.getString(1);
    salt = found.getBytes(2);
    standing = new Standing(found.getLong(3), found.getLong(4), found.getLong(5), found.getLong(6));
  }

  /** The one that is there; empty where no history has begun. */
  static Optional<JournalRow> find(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(FIND)) {
      return found.next() ? Optional.of(new JournalRow(connection, found)) : Optional.empty();
    }
  }

  /** The first one, of a history that begins behind an offset. */
  static void begin(Connection connection, String epoch, long floor, long head)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO journal VALUES (?, ?, ?, 0, 0, randomblob(16))")) {
      insert.setString(1, epoch);
      insert.setLong(2, floor);
      insert.setLong(3, head);
      insert.executeUpdate();
    }
  }

  /** As it was when it was found. */
  String epoch() {
    return epoch;
  }

  /** Of what is hashed. */
  byte[] salt() {
    return salt;
  }

  /** When it was found. */
  Standing standing() {
    return standing;
  }

  void update(Standing now) throws SQLException {
    update.setLong(1, now.floor());
    update.setLong(2, now.head());
    update.setLong(3, now.recorded());
    update.setLong(4, now.kept());
    update.executeUpdate();
  }
}
