package dev.trailcast.journal.store.identity;

import dev.trailcast.activity.Activity;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/**
 * Where a log gives the order, and several have a copy of it: what comes at an offset repeats what
 * had the same id and source at any of so many offsets before, whether that was new itself or not.
 * For this rule nobody needs to know more than the log's records in that window, so all decide
 * alike, wherever they began to copy it. It does not ask the entries, for some of them keep them
 * for longer than others.
 *
 * <p>A hash that is found is taken at its word: with a million in the window, one new activity of
 * 18,000,000,000,000 is taken for another one.
 */
public final class WindowIdentities implements Identities {
  /** As many as are written in one piece. */
  private static final int SMALLEST_SLICE = 64;

  // fixed at birth
  private final long window;
  private final IdentityHash hash;
  private final IdentitySlices slices;
  private final PreparedStatement addRecent;
  private final PreparedStatement deleteRecent;
  private final PreparedStatement findRepeat;
  private final PreparedStatement addRepeat;
  private final PreparedStatement deleteRepeats;

  /**
   * Of what is in the file.
   *
   * @param salt of the hashes in the file
   * @param window how many offsets before its own are looked at for each that comes
   */
  public WindowIdentities(Connection connection, byte[] salt, long window) throws SQLException {
    this.window = window;
    hash = new IdentityHash(salt);
    slices = new IdentitySlices(connection);
    addRecent = connection.prepareStatement("INSERT INTO recent VALUES (?)");
    deleteRecent = connection.prepareStatement("DELETE FROM recent");
    findRepeat = connection.prepareStatement("SELECT first FROM repeat WHERE offset = ?");
    addRepeat = connection.prepareStatement("INSERT INTO repeat VALUES (?, ?)");
    deleteRepeats = connection.prepareStatement("DELETE FROM repeat WHERE offset <= ?");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT pairs FROM recent ORDER BY rowid")) {
      while (rows.next()) {
        slices.load(ByteBuffer.wrap(rows.getBytes(1)));
      }
    }
  }

  /**
   * What it keeps. In {@code recent} are those that are in no slice yet, as each transaction has
   * brought them; in {@code repeat}, where one that was repeated stands for the first time.
   */
  public static void createTables(Statement statement) throws SQLException {
    IdentitySlices.createTables(statement);
    statement.execute("CREATE TABLE recent (pairs BLOB NOT NULL) STRICT");
    statement.execute(
        "CREATE TABLE repeat (offset INTEGER PRIMARY KEY, first INTEGER NOT NULL) STRICT");
    statement.execute("CREATE TABLE memory (window INTEGER NOT NULL) STRICT");
  }

  /** Begins to remember so many, in tables that are empty. */
  public static void begin(Statement statement, long window) throws SQLException {
    statement.execute("INSERT INTO memory VALUES (" + window + ")");
  }

  /** Whether all that is kept was decided by looking at so many. */
  public static boolean isDecidedBy(long window, Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT window FROM memory")) {
      return row.next() && row.getLong(1) == window;
    }
  }

  @Override
  public Identity of(Activity activity) {
    return hash.of(activity);
  }

  @Override
  public OptionalLong find(Identity identity, long offset) throws SQLException {
    long before = offset - window;
    OptionalLong last = slices.find(identity.hash(), found -> found > before);
    return last.isEmpty() ? last : OptionalLong.of(first(last.getAsLong()));
  }

  private long first(long offset) throws SQLException {
    findRepeat.setLong(1, offset);
    try (ResultSet row = findRepeat.executeQuery()) {
      return row.next() ? row.getLong(1) : offset;
    }
  }

  @Override
  public void add(Identity identity, long offset) {
    slices.add(identity.hash(), offset);
  }

  @Override
  public void repeat(Identity identity, long offset, long first) throws SQLException {
    slices.add(identity.hash(), offset);
    addRepeat.setLong(1, offset);
    addRepeat.setLong(2, first);
    addRepeat.executeUpdate();
  }

  @Override
  public void prepare(long floor, long head, long kept) throws SQLException {
    long forgotten = head + 1 - window; // for what comes next, and all behind it
    if (slices.expire(forgotten)) {
      deleteRepeats.setLong(1, forgotten);
      deleteRepeats.executeUpdate();
    }
    if (slices.writeIfFull(head, IdentitySlices.enough(window, SMALLEST_SLICE))) {
      deleteRecent.executeUpdate();
    }
  }

  @Override
  public void save() throws SQLException {
    ByteBuffer pairs = slices.coming();
    if (pairs.hasRemaining()) {
      addRecent.setBytes(1, pairs.array());
      addRecent.executeUpdate();
    }
  }

  @Override
  public void committed() {
    slices.committed();
  }

  @Override
  public void rolledBack() {
    slices.rolledBack();
  }
}
