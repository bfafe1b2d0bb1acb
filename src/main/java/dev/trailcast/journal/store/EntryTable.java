package dev.trailcast.journal.store;

import dev.trailcast.activity.Activity;
import dev.trailcast.journal.JournalEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The table of entries, for the one thread that writes them, inside its transactions. */
final class EntryTable {
  private final PreparedStatement insert;
  private final PreparedStatement find;
  private final PreparedStatement oldest;
  private final PreparedStatement firstSince;
  private final PreparedStatement usedBytes;
  private final PreparedStatement deleteUpTo;
  private final PreparedStatement ofActor;
  private final PreparedStatement delete;
  private final PreparedStatement actors;

  EntryTable(Connection connection) throws SQLException {
    insert = connection.prepareStatement("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    find = connection.prepareStatement("SELECT json FROM entry WHERE offset = ?");
    oldest =
        connection.prepareStatement(
            "SELECT offset FROM entry WHERE offset > ? ORDER BY offset LIMIT 1 OFFSET ?");
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
    deleteUpTo = connection.prepareStatement("DELETE FROM entry WHERE offset <= ?");
    ofActor =
        connection.prepareStatement(
            """
            SELECT offset FROM entry
            WHERE offset > ? AND offset <= ? AND actor = ? ORDER BY offset LIMIT ?
            """);
    delete = connection.prepareStatement("DELETE FROM entry WHERE offset = ?");
    actors =
        connection.prepareStatement(
            """
            SELECT DISTINCT actor FROM entry
            WHERE offset > ? AND offset <= ? AND actor IS NOT NULL
            """);
  }

  void insert(JournalEntry entry, long recorded) throws SQLException {
    Activity activity = entry.activity();
    insert.setLong(1, entry.offset());
    insert.setLong(2, recorded);
    insert.setString(3, activity.source());
    insert.setString(4, activity.id());
    insert.setString(5, activity.type());
    insert.setString(6, activity.actor());
    insert.setString(7, activity.subject());
    insert.setString(8, activity.audience() == null ? null : activity.audience().toString());
    insert.setBytes(9, entry.encoded().json());
    insert.executeUpdate(); // executeBatch gained nothing, rows by the dozen in a statement 10 %
  }

  /** What was recorded at an offset; empty where nothing is kept. */
  Optional<byte[]> json(long offset) throws SQLException {
    find.setLong(1, offset);
    try (ResultSet row = find.executeQuery()) {
      return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
    }
  }

  /**
   * The offset of the oldest entry behind an offset, or, counted from 0, another one behind that;
   * {@code otherwise} if there is none. Takes 20 ns for each that is passed over.
   */
  long oldest(long after, long number, long otherwise) throws SQLException {
    oldest.setLong(1, after);
    oldest.setLong(2, number);
    return number(oldest, otherwise);
  }

  /**
   * The offset of the oldest entry between two that was recorded then or later; {@code otherwise}
   * if there is none. Takes as long as there are older ones.
   */
  long firstSince(long epochMillis, long after, long upTo, long otherwise) throws SQLException {
    firstSince.setLong(1, after);
    firstSince.setLong(2, upTo);
    firstSince.setLong(3, epochMillis);
    return number(firstSince, otherwise);
  }

  /** Of the whole file, without the pages that are free. */
  long usedBytes() throws SQLException {
    return number(usedBytes, 0);
  }

  /** Deletes the oldest; says how many they were. */
  int deleteUpTo(long offset) throws SQLException {
    deleteUpTo.setLong(1, offset);
    return deleteUpTo.executeUpdate();
  }

  /** Any of those who did something between two offsets. */
  Optional<String> actor(Predicate<String> condition, long after, long upTo) throws SQLException {
    actors.setLong(1, after);
    actors.setLong(2, upTo);
    try (ResultSet rows = actors.executeQuery()) {
      while (rows.next()) {
        String actor = rows.getString(1);
        if (condition.test(actor)) {
          return Optional.of(actor);
        }
      }
    }
    return Optional.empty();
  }

  /** Deletes what an actor did between two offsets, so many at most; says where they were. */
  List<Long> delete(String actor, long after, long upTo, int most) throws SQLException {
    List<Long> offsets = new ArrayList<>();
    ofActor.setLong(1, after);
    ofActor.setLong(2, upTo);
    ofActor.setString(3, actor);
    ofActor.setInt(4, most);
    try (ResultSet rows = ofActor.executeQuery()) {
      while (rows.next()) {
        offsets.add(rows.getLong(1));
      }
    }
    for (long offset : offsets) {
      delete.setLong(1, offset);
      delete.executeUpdate();
    }
    return offsets;
  }

  /** Forgets what the statements have kept of the last entries until they are used again. */
  void forget() throws SQLException {
    ofActor.clearParameters();
    insert.clearParameters();
  }

  private static long number(PreparedStatement query, long otherwise) throws SQLException {
    try (ResultSet result = query.executeQuery()) {
      return result.next() ? result.getLong(1) : otherwise;
    }
  }
}
