package dev.trailcast.journal.store.identity;

import dev.trailcast.journal.store.hash.BloomFilter;
import dev.trailcast.journal.store.hash.BloomFilters;
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
 * what stays in memory is a filter, about 3 bytes for an entry, which says of nearly every new one
 * that it is not there.
 *
 * <p>A hash stays until all of its slice goes. For the one thread that writes, inside its
 * transactions.
 */
final class IdentitySlices {
  /** So many filters are asked for each entry that comes. */
  private static final int USUAL_COUNT = 64;

  /** One of 5,000 to 80,000 new entries is looked for in vain in each slice. */
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
  private final List<BloomFilters> filters = new ArrayList<>(); // of all of them
  private OffsetsByHash newest = new OffsetsByHash(); // behind them

  // what the transaction has brought
  private final OffsetsByHash coming = new OffsetsByHash();
  private Optional<Written> written = Optional.empty(); // of the newest
  private int expired; // of the oldest slices

  /**
   * A slice that is in the file.
   *
   * @param upTo the last offset in it; it begins behind the one before
   * @param filters among which its own is
   * @param number of its own
   */
  private record Slice(long upTo, BloomFilters filters, int number) {
    boolean mayContain(long hash) {
      return (filters.mayContain(hash) & 1L << number) != 0;
    }
  }

  /** One that will be. */
  private record Written(long upTo, BloomFilter filter) {}

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
        add(new Written(rows.getLong(1), BloomFilter.of(rows.getBytes(2))));
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

  /** For a file of a version whose filters were of as many sizes as slices are. */
  static void makeFilters(Connection connection) throws SQLException {
    List<Long> slices = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT up_to FROM slice")) {
      while (rows.next()) {
        slices.add(rows.getLong(1));
      }
    }
    try (PreparedStatement runs =
            connection.prepareStatement("SELECT pairs FROM run WHERE slice = ?");
        PreparedStatement update =
            connection.prepareStatement("UPDATE slice SET filter = ? WHERE up_to = ?")) {
      for (long slice : slices) {
        OffsetsByHash pairs = new OffsetsByHash();
        runs.setLong(1, slice);
        try (ResultSet rows = runs.executeQuery()) {
          while (rows.next()) {
            pairs.putAll(ByteBuffer.wrap(rows.getBytes(1)));
          }
        }
        update.setBytes(1, filter(pairs.sortedHashes()).toBytes());
        update.setLong(2, slice);
        update.executeUpdate();
      }
    }
  }

  private void add(Written slice) {
    BloomFilters among = null;
    for (BloomFilters each : filters) {
      among = each.hasRoomFor(slice.filter()) ? each : among;
    }
    if (among == null) {
      among = new BloomFilters(slice.filter());
      filters.add(among);
    }
    slices.add(new Slice(slice.upTo(), among, among.add(slice.filter())));
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
    return mayBeInASlice(hash) ? findInSlices(hash, condition) : OptionalLong.empty();
  }

  private boolean mayBeInASlice(long hash) {
    for (BloomFilters each : filters) {
      if (each.mayContain(hash) != 0) {
        return true;
      }
    }
    return false;
  }

  private OptionalLong findInSlices(long hash, Condition condition) throws SQLException {
    for (int i = slices.size() - 1; i >= 0; i--) { // who repeats himself does so soon
      Slice slice = slices.get(i);
      if (slice.mayContain(hash)) {
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
    newest.putAll(pairs);
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

  private Written write(long upTo) throws SQLException {
    long[] hashes = newest.sortedHashes();
    for (int from = 0; from < hashes.length; from += RUN_PAIRS) {
      int to = Math.min(from + RUN_PAIRS, hashes.length);
      ByteBuffer pairs = ByteBuffer.allocate((to - from) * OffsetsByHash.PAIR_BYTES);
      for (int i = from; i < to; i++) {
        pairs.putLong(hashes[i]).putLong(newest.get(hashes[i]));
      }
      addRun.setLong(1, upTo);
      addRun.setLong(2, hashes[from]);
      addRun.setBytes(3, pairs.array());
      addRun.executeUpdate();
    }
    BloomFilter filter = filter(hashes);
    addSlice.setLong(1, upTo);
    addSlice.setBytes(2, filter.toBytes());
    addSlice.executeUpdate();
    return new Written(upTo, filter);
  }

  /**
   * Of one of few sizes, so that many are of the same: as for the nearest power of two, or middle
   * between two of them.
   */
  private static BloomFilter filter(long[] hashes) {
    int middle = Math.max(1, Integer.highestOneBit(hashes.length) / 2);
    BloomFilter filter =
        new BloomFilter((hashes.length + middle / 2) / middle * (long) middle, FILTER_BITS);
    for (long hash : hashes) {
      filter.add(hash);
    }
    return filter;
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
    for (Slice gone : slices.subList(0, expired)) {
      gone.filters().remove(gone.number());
    }
    slices.subList(0, expired).clear();
    filters.removeIf(BloomFilters::isEmpty);
    if (written.isPresent()) {
      add(written.get());
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
