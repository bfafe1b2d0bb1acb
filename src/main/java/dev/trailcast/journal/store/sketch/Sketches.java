package dev.trailcast.journal.store.sketch;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.Attribute;
import dev.trailcast.journal.store.hash.SipHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sketch of each slice of the entries. What lies in no sketch, because it was recorded before
 * there were any, is not known. For the one thread that writes, inside its transactions.
 */
public final class Sketches {
  /** Where more are in none, as in a file of an older version, they stay so. */
  private static final int MOST_READ_AGAIN = 2 * Sketch.ACTIVITIES;

  private static final String COLUMNS =
      Stream.of(Attribute.values())
          .map(attribute -> attribute.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", "));

  private final SipHash hash;
  private final Chapters chapters;
  private final PreparedStatement last;
  private final PreparedStatement entries;
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final Stretches stretches;

  private Draft newest; // of what comes behind all that are in the file
  private boolean stale = true; // it may tell of what is not there, or lack something

  /**
   * Those that are in the file.
   *
   * @param salt of the file
   */
  public Sketches(Connection connection, byte[] salt) throws SQLException {
    hash = new SipHash(salt);
    chapters = new Chapters(connection);
    last = connection.prepareStatement("SELECT max(up_to) FROM sketch");
    entries =
        connection.prepareStatement(
            "SELECT offset, %s FROM entry WHERE offset > ? AND offset <= ? ORDER BY offset LIMIT ?"
                .formatted(COLUMNS));
    insert = connection.prepareStatement("INSERT INTO sketch VALUES (?, ?, ?, ?, ?)");
    update =
        connection.prepareStatement(
            "UPDATE sketch SET filter = ?, actors = ?, subjects = ? WHERE up_to = ?");
    stretches = new Stretches(connection, "sketch");
  }

  /** Its table, in a file that has none. */
  public static void createTable(Statement statement) throws SQLException {
    statement.execute(
        """
        CREATE TABLE sketch (
          up_to INTEGER PRIMARY KEY,
          begins_after INTEGER NOT NULL,
          filter BLOB NOT NULL,
          actors BLOB,
          subjects BLOB
        ) STRICT
        """);
  }

  /**
   * At the beginning of a transaction.
   *
   * @param floor the last offset that is not kept
   * @param head the last offset of all that have come so far
   */
  public void prepare(long floor, long head) throws SQLException {
    if (stale) {
      newest = read(last(floor), head);
      if (newest.activities() == MOST_READ_AGAIN) {
        newest = new Draft(head, hash);
      }
      stale = false;
    }
  }

  private long last(long floor) throws SQLException {
    try (ResultSet row = last.executeQuery()) {
      return Math.max(floor, row.next() ? row.getLong(1) : 0);
    }
  }

  /** What is kept behind an offset and up to another one. */
  private Draft read(long behind, long upTo) throws SQLException {
    Draft draft = new Draft(behind, hash);
    entries.setLong(1, behind);
    entries.setLong(2, upTo);
    entries.setInt(3, MOST_READ_AGAIN);
    Map<Attribute, String> values = new EnumMap<>(Attribute.class);
    try (ResultSet rows = entries.executeQuery()) {
      while (rows.next()) {
        for (Attribute attribute : Attribute.values()) {
          values.put(attribute, rows.getString(attribute.ordinal() + 2));
        }
        draft.add(rows.getLong(1), values::get);
      }
    }
    return draft;
  }

  /** One has come, at an offset behind all others. */
  public void add(Activity activity, long offset) throws SQLException {
    newest.add(offset, attribute -> attribute.of(activity));
    if (newest.activities() >= Sketch.ACTIVITIES) {
      insert.setLong(1, offset);
      insert.setLong(2, newest.after());
      insert.setBytes(3, newest.toBytes());
      insert.setBytes(4, newest.newest(Attribute.ACTOR));
      insert.setBytes(5, newest.newest(Attribute.SUBJECT));
      insert.executeUpdate();
      chapters.added(offset);
      newest = new Draft(offset, hash);
    }
  }

  /** What is up to here is kept no more. */
  public void expire(long floor) throws SQLException {
    stretches.expire(floor);
    chapters.expire(floor);
  }

  /**
   * These were erased: no sketch is to tell of them.
   *
   * @param offsets in their order
   */
  public void forget(List<Long> offsets) throws SQLException {
    forget(offsets, this::drawAnew);
    forget(offsets, chapters::drawAnew); // behind the slices that they are drawn from
  }

  private static void forget(List<Long> offsets, Drawing drawing) throws SQLException {
    long seen = 0;
    for (long offset : offsets) {
      if (offset > seen) {
        seen = Math.max(offset, drawing.drawAnew(offset));
      }
    }
  }

  /** What is around an offset is drawn anew; says up to where that reaches. */
  private interface Drawing {
    long drawAnew(long offset) throws SQLException;
  }

  /** The sketch of the slice that an offset is in, if any; says up to where it reaches. */
  private long drawAnew(long offset) throws SQLException {
    Optional<Stretch> slice = stretches.from(offset);
    if (slice.isEmpty()) {
      stale = true;
      return Long.MAX_VALUE;
    }
    long begin = slice.get().after();
    long end = slice.get().upTo();
    if (begin >= offset) {
      return begin;
    }
    Draft draft = read(begin, end);
    update.setBytes(1, draft.toBytes());
    update.setBytes(2, draft.newest(Attribute.ACTOR));
    update.setBytes(3, draft.newest(Attribute.SUBJECT));
    update.setLong(4, end);
    update.executeUpdate();
    return end;
  }

  /** What has come since it was prepared has not. */
  public void rolledBack() {
    stale = true;
  }
}
