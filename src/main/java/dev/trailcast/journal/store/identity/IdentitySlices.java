package dev.trailcast.journal.store.identity;

import dev.trailcast.journal.store.hash.BloomFilter;
import dev.trailcast.journal.store.hash.OffsetsByHash;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The newest offset of each hash, in slices of the order.
 *
 * <p>One index over all of them has ids that are not in order of time (UUIDv4) all over it, and
 * each dirties a page of its own: beside a million, 8 MB of log for 1,000 entries. So the newest
 * slice is held in memory; once it is full it is written in one piece, in order of its hashes, and
 * what stays in memory is a filter, 3 bytes for an entry, which says of nearly every new one that
 * it is not there.
 *
 * <p>A hash stays until all of its slice goes. For the one thread that writes, inside its
 * transactions.
 */
final class IdentitySlices {
  /** So many filters are asked for each entry that comes. */
  private static final int USUAL_COUNT = 64;

  /** One of 150,000 new entries is looked for in vain in each slice. */
  private static final int FILTER_BITS = 24;

  /** 1 KB: several lie in a page. */
  private static final int RUN_PAIRS = 64;

  // fixed at birth
  private final PreparedStatement findRun;
  private final PreparedStatement addRun;
  private final PreparedStatement addSlice;
  private final PreparedStatement deleteRuns;
  private final PreparedStatement deleteSlice;

  // what is committed
  private final List<Slice> slices = new ArrayList<>(); // in the file, oldest first
  private OffsetsByHash newest = new OffsetsByHash(); // behind them

  // what the transaction has brought
  private final OffsetsByHash coming = new OffsetsByHash();
  private Optional<Slice> written = Optional.empty(); // of the newest
  private int expired; // of the oldest slices

  /**
   * A slice that is in the file.
   *
   * @param upTo the last offset in it; it begins behind the one before
   */
  private record Slice(long upTo, BloomFilter filter) {}

  /** Says whether an offset is looked for. */
  interface Condition {
    boolean holds(long offset) throws SQLException;
  }

  /** Those that are in the file. */
  IdentitySlices(Connection connection) throws SQLException {
    findRun =
        connection.prepareStatement(
            "SELECT pairs FROM run WHERE slice = ? AND first <= ? ORDER BY first DESC LIMIT 1");
    addRun = connection.prepareStatement("INSERT INTO run VALUES (?, ?, ?)");
    addSlice = connection.prepareStatement("INSERT INTO slice VALUES (?, ?)");
    deleteRuns = connection.prepareStatement("DELETE FROM run WHERE slice = ?");
    deleteSlice = connection.prepareStatement("DELETE FROM slice WHERE up_to = ?");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT up_to, filter FROM slice ORDER BY up_to")) {
      while (rows.next()) {
        slices.add(new Slice(rows.getLong(1), BloomFilter.of(rows.getBytes(2))));
      }
    }
  }

  static void createTables(Statement statement) throws SQLException {
    statement.execute(
        """
        CREATE TABLE slice (up_to INTEGER PRIMARY KEY, filter BLOB NOT NULL) STRICT
        """);
    statement.execute(
        """
        CREATE TABLE run (
          slice INTEGER NOT NULL,
          first INTEGER NOT NULL,
          pairs BLOB NOT NULL,
          PRIMARY KEY (slice, first)
        ) STRICT, WITHOUT ROWID
        """);
  }

  /** Behind this offset are those that are in no slice of the file. */
  long newestAfter() {
    return slices.isEmpty() ? 0 : slices.get(slices.size() - 1).upTo();
  }

  /** How many there are behind it. */
  int newestSize() {
    return newest.size();
  }

  /** How many make a slice, of so many in all. (16,384 are written in 2 ms.) */
  static long enough(long all, int smallest) {
    return Math.max(smallest, all / USUAL_COUNT);
  }

  /** The newest offset of a hash that a condition holds for. */
  OptionalLong find(long hash, Condition condition) throws SQLException {
    for (OffsetsByHash each : List.of(coming, newest)) {
      long offset = each.get(hash);
      if (offset != OffsetsByHash.NONE && condition.holds(offset)) {
        return OptionalLong.of(offset);
      }
    }
    for (int i = slices.size() - 1; i >= 0; i--) { // who repeats himself does so soon
      Slice slice = slices.get(i);
      if (slice.filter().mayContain(hash)) {
        OptionalLong found = find(hash, slice, condition);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return OptionalLong.empty();
  }

  private OptionalLong find(long hash, Slice slice, Condition condition) throws SQLException {
    findRun.setLong(1, slice.upTo());
    findRun.setLong(2, hash);
    try (ResultSet row = findRun.executeQuery()) {
      if (row.next()) {
        LongBuffer pairs = ByteBuffer.wrap(row.getBytes(1)).asLongBuffer();
        while (pairs.hasRemaining()) {
          long other = pairs.get();
          long offset = pairs.get();
          if (other == hash && condition.holds(offset)) {
            return OptionalLong.of(offset);
          }
        }
      }
    }
    return OptionalLong.empty();
  }

  /** One that is in no slice of the file has come before, with an offset behind all others. */
  void load(long hash, long offset) {
    newest.put(hash, offset);
  }

  /** Those that {@link #coming} gave, in a transaction that was committed. */
  void load(ByteBuffer pairs) {
    while (pairs.hasRemaining()) {
      load(pairs.getLong(), pairs.getLong());
    }
  }

  /** One comes, with an offset behind all others. */
  void add(long hash, long offset) {
    coming.put(hash, offset);
  }

  /** What has come in this transaction, in an array that is as long. */
  ByteBuffer coming() {
    return coming.toPairs();
  }

  /**
   * Writes the newest, if there are enough for a slice. What comes in the same transaction is in
   * the next one.
   *
   * @param upTo the last offset of what is committed
   * @return whether they were written
   */
  boolean writeIfFull(long upTo, long enough) throws SQLException {
    if (newest.size() < enough) {
      return false;
    }
    written = Optional.of(write(upTo));
    return true;
  }

  private Slice write(long upTo) throws SQLException {
    long[] hashes = newest.sortedHashes();
    BloomFilter filter = new BloomFilter(hashes.length, FILTER_BITS);
    for (int from = 0; from < hashes.length; from += RUN_PAIRS) {
      int to = Math.min(from + RUN_PAIRS, hashes.length);
      ByteBuffer pairs = ByteBuffer.allocate((to - from) * OffsetsByHash.PAIR_BYTES);
      for (int i = from; i < to; i++) {
        filter.add(hashes[i]);
        pairs.putLong(hashes[i]).putLong(newest.get(hashes[i]));
      }
      addRun.setLong(1, upTo);
      addRun.setLong(2, hashes[from]);
      addRun.setBytes(3, pairs.array());
      addRun.executeUpdate();
    }
    addSlice.setLong(1, upTo);
    addSlice.setBytes(2, filter.toBytes());
    addSlice.executeUpdate();
    return new Slice(upTo, filter);
  }

  /**
   * Deletes slices that lie wholly before an offset, or end with it.
   *
   * @return whether there were any
   */
  boolean expire(long upTo) throws SQLException {
    while (expired < slices.size() && slices.get(expired).upTo() <= upTo) {
      long oldest = slices.get(expired).upTo();
      deleteRuns.setLong(1, oldest);
      deleteRuns.executeUpdate();
      deleteSlice.setLong(1, oldest);
      deleteSlice.executeUpdate();
      expired++;
    }
    return expired > 0;
  }

  void committed() {
    slices.subList(0, expired).clear();
    if (written.isPresent()) {
      slices.add(written.get());
      newest = new OffsetsByHash();
    }
    newest.putAll(coming);
    begin();
  }

  void rolledBack() {
    begin();
  }

  private void begin() {
    expired = 0;
    written = Optional.empty();
    coming.clear();
  }
}
