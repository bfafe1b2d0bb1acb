package dev.trailcast.journal.store.sketch;

import dev.trailcast.journal.store.hash.OffsetsByHash;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Which actors and subjects several slices have between them, by hashes: where all of them are
 * known there is nothing to look for, and what the slices say need not be read. For the one thread
 * that writes, inside its transactions.
 */
public final class Chapters {
  /** So many slices make one. */
  static final int SLICES = 32;

  private final PreparedStatement last;
  private final PreparedStatement slices;
  private final PreparedStatement put;
  private final Stretches stretches;

  /** Those that are in the file. */
  Chapters(Connection connection) throws SQLException {
    last =
        connection.prepareStatement(
            """
            SELECT count(*) FROM sketch
            WHERE up_to > ifnull((SELECT max(up_to) FROM chapter), 0)
            """);
    slices =
        connection.prepareStatement(
            """
            SELECT begins_after, up_to, actors, subjects FROM sketch
            WHERE up_to > ? AND up_to <= ? ORDER BY up_to DESC LIMIT ?
            """);
    put = connection.prepareStatement("INSERT OR REPLACE INTO chapter VALUES (?, ?, ?, ?)");
    stretches = new Stretches(connection, "chapter");
  }

  /** Its table, in a file that has none. */
  public static void createTable(Statement statement) throws SQLException {
    statement.execute(
        """
        CREATE TABLE chapter (
          up_to INTEGER PRIMARY KEY,
          begins_after INTEGER NOT NULL,
          actors BLOB,
          subjects BLOB
        ) STRICT
        """);
  }

  /** Whether all are known of which one says that it has them. */
  static boolean areKnown(byte[] values, KnownValues known) {
    LongBuffer hashes = ByteBuffer.wrap(values).asLongBuffer();
    while (hashes.hasRemaining()) {
      if (!known.has(hashes.get())) {
        return false;
      }
    }
    return true;
  }

  /** One more slice is in the file, with this end. */
  void added(long upTo) throws SQLException {
    try (ResultSet row = last.executeQuery()) {
      if (row.next() && row.getInt(1) < SLICES) {
        return;
      }
    }
    draw(0, upTo);
  }

  /** What is up to here is kept no more. */
  void expire(long floor) throws SQLException {
    stretches.expire(floor);
  }

  /** What the slices say has changed around an offset; says up to where one reaches. */
  long drawAnew(long offset) throws SQLException {
    Optional<Stretch> chapter = stretches.from(offset);
    if (chapter.isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (chapter.get().after() < offset) {
      draw(chapter.get().after(), chapter.get().upTo());
    }
    return chapter.get().upTo();
  }

  /** One that reaches up to here, over slices without a gap between them. */
  private void draw(long after, long upTo) throws SQLException {
    Values actors = new Values();
    Values subjects = new Values();
    long begin = upTo;
    slices.setLong(1, after);
    slices.setLong(2, upTo);
    slices.setInt(3, SLICES);
    try (ResultSet rows = slices.executeQuery()) {
      while (rows.next() && rows.getLong(2) == begin) {
        begin = rows.getLong(1);
        actors.add(rows.getBytes(3));
        subjects.add(rows.getBytes(4));
      }
    }
    put.setLong(1, upTo);
    put.setLong(2, begin);
    put.setBytes(3, actors.toBytes());
    put.setBytes(4, subjects.toBytes());
    put.executeUpdate();
  }

  /** Those of one attribute. */
  private static final class Values {
    private final OffsetsByHash hashes = new OffsetsByHash();
    private long added;
    private boolean unknown;

    /**
     * @param entries what {@link NewestEntries} are written as, or null
     */
    void add(byte[] entries) {
      if (entries == null) {
        unknown = true;
        return;
      }
      NewestEntries.forEach(entries, (hash, place) -> hashes.put(hash, 1));
      added += NewestEntries.size(entries);
    }

    /** Null where they are not known, or hardly fewer than those of the slices are together. */
    byte[] toBytes() {
      if (unknown || 2L * hashes.size() > added) {
        return null;
      }
      ByteBuffer bytes = ByteBuffer.allocate(hashes.size() * Long.BYTES);
      hashes.forEach((hash, any) -> bytes.putLong(hash));
      return bytes.array();
    }
  }
}
