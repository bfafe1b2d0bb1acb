package dev.trailcast.journal.store.sketch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Which stretches the rows of a table tell of. For the one thread that writes. */
final class Stretches {
  private final PreparedStatement of;
  private final PreparedStatement deleteUpTo;

  Stretches(Connection connection, String table) throws SQLException {
    of =
        connection.prepareStatement(
            "SELECT begins_after, up_to FROM %s WHERE up_to >= ? ORDER BY up_to LIMIT 1"
                .formatted(table));
    deleteUpTo = connection.prepareStatement("DELETE FROM %s WHERE up_to <= ?".formatted(table));
  }

  /** The one that an offset is in, or else the first behind it; empty where there is none. */
  Optional<Stretch> from(long offset) throws SQLException {
    of.setLong(1, offset);
    try (ResultSet row = of.executeQuery()) {
      return row.next()
          ? Optional.of(new Stretch(row.getLong(1), row.getLong(2)))
          : Optional.empty();
    }
  }

  /** What is up to here is kept no more. */
  void expire(long floor) throws SQLException {
    deleteUpTo.setLong(1, floor);
    deleteUpTo.executeUpdate();
  }
}
