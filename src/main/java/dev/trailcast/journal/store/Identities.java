package dev.trailcast.journal.store;

import dev.trailcast.activity.Activity;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
 * Which ids are kept, of which sources, and where: by a hash of both, in slices of time.
 *
 * <p>One index over all that is kept has ids that are not in order of time (UUIDv4) all over it,
 * and each dirties a page of its own: beside a million kept, 8 MB of log for 1,000 entries. So the
 * newest slice is held in memory; once it is full it is written in one piece, in order of its
 * hashes, and what stays in memory is a filter, 3 bytes for an entry, which says of nearly every
 * new one that it is not there.
 *
 * <p>A hash stays until all of its slice has gone, also where its entry was erased, or never
 * committed; so whether the entry is there is asked for each that is found.
 *
 * <p>For the one thread that writes, inside its transactions.
 */
final class Identities {
  /** Written in 2 ms; read again from the entries, when the file is opened, in 50. */
  static final int SMALLEST_SLICE = 16_384;

  /** So many filters are asked for each entry that comes. */
  private static final int USUAL_SLICES = 64;

  /** More than a slice can have when it is left, for it is written with the next commit. */
  private static final int MOST_TOO_LATE = 2;

  /** 1 KB: several lie in a page. */
  private static final int RUN_PAIRS = 64;

  private static final int PAIR_BYTES = 2 * Long.BYTES;

  // fixed at birth
  private final byte[] salt;
  private final MessageDigest digest = sha256();
  private final PreparedStatement isKept;
  private final PreparedStatement findRun;
  private final PreparedStatement addRun;
  private final PreparedStatement addSlice;
  private final PreparedStatement deleteRuns;
  private final PreparedStatement deleteSlice;

  private final List<Slice> slices = new ArrayList<>(); // in the file, oldest first
  private OffsetsByHash newest = new OffsetsByHash(); // behind them

  /**
   * A slice that is in the file.
   *
   * @param upTo the last offset in it; it begins behind the one before
   */
  record Slice(long upTo, BloomFilter filter) {}

  /** An id and source. */
  record Identity(String id, String source, long hash) {}

  /**
   * Of what is in the file; what is missing there is made from the entries.
   *
   * @param salt so that nobody else can tell which have the same hash
   * @param kept how many entries are kept
   */
  Identities(Connection connection, byte[] salt, long kept) throws SQLException {
    this.salt = salt.clone();
    isKept =
        connection.prepareStatement(
            "SELECT offset FROM entry WHERE offset = ? AND id = ? AND source = ?");
    findRun =
        connection.prepareStatement(
            "SELECT pairs FROM run WHERE slice = ? AND first <= ? ORDER BY first DESC LIMIT 1");
    addRun = connection.prepareStatement("INSERT INTO run VALUES (?, ?, ?)");
    addSlice = connection.prepareStatement("INSERT INTO slice VALUES (?, ?)");
    deleteRuns = connection.prepareStatement("DELETE FROM run WHERE slice = ?");
    deleteSlice = connection.prepareStatement("DELETE FROM slice WHERE up_to = ?");
    try (Statement statement = connection.createStatement()) {
      readSlices(statement);
      readNewest(statement, kept);
    }
  }

  private void readSlices(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT up_to, filter FROM slice ORDER BY up_to")) {
      while (rows.next()) {
        slices.add(new Slice(rows.getLong(1), BloomFilter.of(rows.getBytes(2))));
      }
    }
  }

  /**
   * What is not in the file as it should be, because it was not full. A file of an older version
   * has no slices at all: they are written, for which a full disk has no room; so that is not to
   * happen otherwise, for what expires makes room.
   */
  private void readNewest(Statement statement, long kept) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT offset, id, source FROM entry WHERE offset > "
                + newestAfter()
                + " ORDER BY offset")) {
      while (rows.next()) {
        long offset = rows.getLong(1);
        add(identity(rows.getString(2), rows.getString(3)), offset);
        if (newest.size() >= MOST_TOO_LATE * enough(kept)) {
          begin(write(offset));
        }
      }
    }
  }

  private long newestAfter() {
    return slices.isEmpty() ? 0 : slices.get(slices.size() - 1).upTo();
  }

  /** The id and source of an activity. */
  Identity of(Activity activity) {
    return identity(activity.id(), activity.source());
  }

  private Identity identity(String id, String source) {
    digest.update(salt);
    digest.update(id.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    byte[] hash = digest.digest(source.getBytes(StandardCharsets.UTF_8));
    return new Identity(id, source, ByteBuffer.wrap(hash).getLong());
  }

  /** The offset of the entry that is kept with this id and source. */
  OptionalLong find(Identity identity) throws SQLException {
    long offset = newest.get(identity.hash());
    if (offset != OffsetsByHash.NONE && isKept(identity, offset)) {
      return OptionalLong.of(offset);
    }
    for (int i = slices.size() - 1; i >= 0; i--) { // who repeats himself does so soon
      Slice slice = slices.get(i);
      if (slice.filter().mayContain(identity.hash())) {
        OptionalLong found = find(identity, slice);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return OptionalLong.empty();
  }

  private OptionalLong find(Identity identity, Slice slice) throws SQLException {
    findRun.setLong(1, slice.upTo());
    findRun.setLong(2, identity.hash());
    try (ResultSet row = findRun.executeQuery()) {
      if (row.next()) {
        LongBuffer pairs = ByteBuffer.wrap(row.getBytes(1)).asLongBuffer();
        while (pairs.hasRemaining()) {
          long hash = pairs.get();
          long offset = pairs.get();
          if (hash == identity.hash() && isKept(identity, offset)) {
            return OptionalLong.of(offset);
          }
        }
      }
    }
    return OptionalLong.empty();
  }

  private boolean isKept(Identity identity, long offset) throws SQLException {
    isKept.setLong(1, offset);
    isKept.setString(2, identity.id());
    isKept.setString(3, identity.source());
    try (ResultSet row = isKept.executeQuery()) {
      return row.next();
    } finally {
      isKept.clearParameters(); // which may be erased
    }
  }

  /** An entry has come, with an offset behind all others. */
  void add(Identity identity, long offset) {
    newest.put(identity.hash(), offset);
  }

  private static long enough(long kept) {
    return Math.max(SMALLEST_SLICE, kept / USUAL_SLICES);
  }

  /**
   * Writes the newest slice, if it is time.
   *
   * @param upTo the last offset that is in it
   * @param kept how many entries are kept
   * @return what is to {@link #begin} once that is committed
   */
  Optional<Slice> writeIfFull(long upTo, long kept) throws SQLException {
    return newest.size() < enough(kept) ? Optional.empty() : Optional.of(write(upTo));
  }

  private Slice write(long upTo) throws SQLException {
    long[] hashes = newest.sortedHashes();
    BloomFilter filter = new BloomFilter(hashes.length);
    for (int from = 0; from < hashes.length; from += RUN_PAIRS) {
      int to = Math.min(from + RUN_PAIRS, hashes.length);
      ByteBuffer pairs = ByteBuffer.allocate((to - from) * PAIR_BYTES);
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

  /** What comes now is in a new slice, behind one that was written. */
  void begin(Slice written) {
    slices.add(written);
    newest = new OffsetsByHash();
  }

  /**
   * Deletes slices of which nothing is kept any more.
   *
   * @param floor the last offset that is not kept
   */
  void expire(long floor) throws SQLException {
    while (!slices.isEmpty() && slices.get(0).upTo() <= floor) {
      Slice oldest = slices.remove(0); // if it is not committed the file has it for longer
      deleteRuns.setLong(1, oldest.upTo());
      deleteRuns.executeUpdate();
      deleteSlice.setLong(1, oldest.upTo());
      deleteSlice.executeUpdate();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has it", e);
    }
  }
}
