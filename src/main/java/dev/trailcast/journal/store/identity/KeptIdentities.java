package dev.trailcast.journal.store.identity;

import dev.trailcast.activity.Activity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/**
 * Where nobody else gives the order: what is kept is not new. A hash may stay although its entry
 * was erased; so whether the entry is there is asked for each that is found. Those that are in no
 * slice yet are found out from the entries.
 */
public final class KeptIdentities implements Identities {
  /** Read again from the entries, when the file is opened, in 50 ms. */
  static final int SMALLEST_SLICE = 16_384;

  /**
   * More than can be behind the slices when the file is left, for one is written with the next
   * commit.
   */
  private static final int MOST_TOO_LATE = 2;

  private final IdentityHash hash;
  private final IdentitySlices slices;
  private final PreparedStatement isKept;

  /**
   * Of what is in the file; what is missing there is made from the entries.
   *
   * @param salt of the hashes in the file
   * @param kept how many entries are kept
   */
  public KeptIdentities(Connection connection, byte[] salt, long kept) throws SQLException {
    hash = new IdentityHash(salt);
    slices = new IdentitySlices(connection);
    isKept =
        connection.prepareStatement(
            "SELECT offset FROM entry WHERE offset = ? AND id = ? AND source = ?");
    try (Statement statement = connection.createStatement()) {
      readNewest(statement, kept);
    }
  }

  /** What it keeps, beside the entries. */
  public static void createTables(Statement statement) throws SQLException {
    IdentitySlices.createTables(statement);
  }

  /** Makes the filters anew that an older version has made. */
  public static void makeFilters(Connection connection) throws SQLException {
    IdentitySlices.makeFilters(connection);
  }

  /**
   * What is not in the file as it should be, because it was not full. A file of an older version
   * has no slices at all: they are written, for which a full disk has no room; so that is not to
   * happen otherwise, for what expires makes room.
   */
  private void readNewest(Statement statement, long kept) throws SQLException {
    long enough = MOST_TOO_LATE * IdentitySlices.enough(kept, SMALLEST_SLICE);
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT offset, id, source FROM entry WHERE offset > "
                + slices.newestAfter()
                + " ORDER BY offset")) {
      while (rows.next()) {
        long offset = rows.getLong(1);
        slices.load(hash.of(rows.getString(2), rows.getString(3)).hash(), offset);
        if (slices.writeIfFull(offset, enough)) {
          slices.committed();
        }
      }
    }
  }

  @Override
  public Identity of(Activity activity) {
    return hash.of(activity);
  }

  @Override
  public OptionalLong find(Identity identity, long offset) throws SQLException {
    return slices.find(identity.hash(), found -> isKept(identity, found));
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

  @Override
  public void add(Identity identity, long offset) {
    slices.add(identity.hash(), offset);
  }

  @Override
  public void repeat(Identity identity, long offset, long first) {} // it is not kept

  @Override
  public void prepare(long floor, long head, long kept) throws SQLException {
    slices.expire(floor);
    slices.writeIfFull(head, IdentitySlices.enough(kept, SMALLEST_SLICE));
  }

  @Override
  public void save() {} // they can be found out from the entries

  @Override
  public void committed() {
    slices.committed();
  }

  @Override
  public void rolledBack() {
    slices.rolledBack();
  }
}
