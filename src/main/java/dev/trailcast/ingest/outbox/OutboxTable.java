package dev.trailcast.ingest.outbox;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.ingest.outbox.OutboxRow.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;

/**
 * The rows of one application in {@code trailcast_outbox}. For use by any number of threads.
 * Everything but {@link #insert} has a transaction of its own, and is not for a thread that is in
 * one of the container's.
 */
final class OutboxTable {
  /** Beyond it a statement is given up: something else holds the table. */
  private static final int PATIENCE_SECONDS = 10;

  private static final String OURS = " WHERE application = ?";
  private static final String INSERT =
      "INSERT INTO trailcast_outbox (application, batch, place, actor, activity)"
          + " VALUES (?, ?, ?, ?, ?)";
  private static final String DELETE_BATCH =
      "DELETE FROM trailcast_outbox" + OURS + " AND batch = ?";
  private static final String DELETE_ROW = DELETE_BATCH + " AND place = ?";
  private static final String DELETE_ACTOR =
      "DELETE FROM trailcast_outbox" + OURS + " AND actor = ?";
  private static final String COUNT = "SELECT COUNT(*), MIN(batch) FROM trailcast_outbox" + OURS;
  private static final String READ =
      "SELECT batch, place, activity FROM trailcast_outbox"
          + OURS
          + " AND batch >= ? AND (batch > ? OR place > ?) ORDER BY batch, place ";

  private final DataSource dataSource;
  private final String application;

  OutboxTable(DataSource dataSource, String application) {
    this.dataSource = dataSource;
    this.application = application;
  }

  /** How many rows there are, and the batch of the oldest; null if there is none. */
  record Backlog(long rows, String oldestBatch) {}

  /**
   * Rows that follow each other.
   *
   * @param isLast whether there were no more
   */
  record Page(List<OutboxRow> rows, boolean isLast) {}

  /** Adds a row in the transaction of this thread, which becomes nothing where this throws. */
  void insert(Place place, EncodedActivity activity) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, application);
      insert.setString(2, place.batch());
      insert.setInt(3, place.number());
      insert.setString(4, digest(activity.activity().actor()));
      insert.setBytes(5, activity.json());
      insert.executeUpdate();
    }
  }

  /** Makes the table if there is none. */
  void create() throws SQLException {
    if (isThere()) {
      return;
    }
    try {
      inOwnTransaction(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.execute(product(connection).createTable());
            }
          });
    } catch (SQLException e) {
      if (!isThere()) { // else another node has made it
        throw e;
      }
    }
  }

  private boolean isThere() {
    try {
      backlog();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  Backlog backlog() throws SQLException {
    return inOwnTransaction(
        connection -> {
          try (PreparedStatement select = prepare(connection, COUNT)) {
            select.setString(1, application);
            try (ResultSet found = select.executeQuery()) {
              found.next();
              return new Backlog(found.getLong(1), found.getString(2));
            }
          }
        });
  }

  /**
   * Reads on, in order.
   *
   * @param rows how many at most
   * @param bytes no more once they are so large together
   */
  Page read(Place after, int rows, long bytes) throws SQLException {
    return inOwnTransaction(
        connection -> {
          String first = product(connection).first(rows);
          try (PreparedStatement select = prepare(connection, READ + first)) {
            select.setString(1, application);
            select.setString(2, after.batch());
            select.setString(3, after.batch());
            select.setInt(4, after.number());
            try (ResultSet found = select.executeQuery()) {
              return page(found, rows, bytes);
            }
          }
        });
  }

  private static Page page(ResultSet found, int most, long mostBytes) throws SQLException {
    List<OutboxRow> rows = new ArrayList<>();
    long bytes = 0;
    while (bytes < mostBytes && found.next()) {
      byte[] activity = found.getBytes(3);
      rows.add(new OutboxRow(new Place(found.getString(1), found.getInt(2)), activity));
      bytes += activity.length;
    }
    return new Page(rows, bytes < mostBytes && rows.size() < most);
  }

  /** Deletes all rows of these transactions. */
  void deleteBatches(Collection<String> batches) throws SQLException {
    delete(DELETE_BATCH, batches, (delete, batch) -> delete.setString(2, batch));
  }

  void delete(Collection<OutboxRow> rows) throws SQLException {
    delete(
        DELETE_ROW,
        rows,
        (delete, row) -> {
          delete.setString(2, row.place().batch());
          delete.setInt(3, row.place().number());
        });
  }

  private interface Binding<T> {
    void bind(PreparedStatement statement, T value) throws SQLException;
  }

  private <T> void delete(String sql, Collection<T> values, Binding<T> binding)
      throws SQLException {
    inOwnTransaction(
        connection -> {
          try (PreparedStatement delete = prepare(connection, sql)) {
            for (T value : values) {
              delete.setString(1, application);
              binding.bind(delete, value);
              delete.addBatch();
            }
            return delete.executeBatch();
          }
        });
  }

  /** Deletes what an actor did, and says how many rows they were. */
  int deleteActor(String actor) throws SQLException {
    return inOwnTransaction(
        connection -> {
          try (PreparedStatement delete = prepare(connection, DELETE_ACTOR)) {
            delete.setString(1, application);
            delete.setString(2, digest(actor));
            return delete.executeUpdate();
          }
        });
  }

  /** Actors are found by a digest: a name has any length, and databases compare texts loosely. */
  private static String digest(String actor) {
    if (actor == null) {
      return null;
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(actor.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Product product(Connection connection) throws SQLException {
    return Product.named(connection.getMetaData().getDatabaseProductName());
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T inOwnTransaction(Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement any = connection.createStatement()) {
      int patience = any.getQueryTimeout();
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        giveBack(connection, any, patience);
        return result;
      } catch (Throwable e) {
        try {
          connection.rollback();
          giveBack(connection, any, patience);
        } catch (SQLException more) {
          e.addSuppressed(more);
        }
        throw e;
      }
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setQueryTimeout(PATIENCE_SECONDS);
    return statement;
  }

  /** As the business code expects to find it. */
  private static void giveBack(Connection connection, Statement any, int patience)
      throws SQLException {
    connection.setAutoCommit(true);
    any.setQueryTimeout(patience); // H2 has one for all statements of a connection
  }
}
