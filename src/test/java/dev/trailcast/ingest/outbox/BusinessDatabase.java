package dev.trailcast.ingest.outbox;

import jakarta.transaction.Status;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A database, and its transactions as a container has them: within one, a thread gets the same
 * connection again and again; what is synchronised with it is told before it commits and
 * afterwards.
 */
final class BusinessDatabase implements DataSource, AutoCloseable {
  private final String url;
  private final Connection open; // or H2 would forget what is in memory
  private final ThreadLocal<Connection> transactional = new ThreadLocal<>();

  BusinessDatabase(String url) throws SQLException {
    this.url = url;
    this.open = connect();
  }

  /** One that nobody else has. */
  static BusinessDatabase inMemory() throws SQLException {
    return new BusinessDatabase("jdbc:h2:mem:" + UUID.randomUUID());
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, "sa", "sa");
  }

  /** What is done in a transaction. */
  interface Business {
    void run(Connection connection) throws Exception;
  }

  /** What is fired in it. */
  interface Firing {
    TransactionActivities fire() throws Exception;
  }

  /** Does it, commits, and has what was fired recorded. */
  void commit(Firing firing, Business business) throws Exception {
    commitAndDie(firing, business).afterCompletion(Status.STATUS_COMMITTED);
  }

  /** The same, but the process dies when it has committed. */
  TransactionActivities commitAndDie(Firing firing, Business business) throws Exception {
    AtomicReference<TransactionActivities> fired = new AtomicReference<>();
    commit(
        connection -> {
          business.run(connection);
          fired.set(firing.fire());
        });
    return fired.get();
  }

  /** Does it, lets it come as far as it can, and rolls back. */
  void rollBack(Firing firing, Business business) throws Exception {
    AtomicReference<TransactionActivities> fired = new AtomicReference<>();
    rollBack(
        connection -> {
          business.run(connection);
          fired.set(firing.fire());
        });
    fired.get().afterCompletion(Status.STATUS_ROLLEDBACK);
  }

  /** Does it and commits; nothing is fired. */
  void commit(Business business) throws Exception {
    inTransaction(
        connection -> {
          business.run(connection);
          connection.commit();
        });
  }

  /** Does it and rolls back; nothing is fired. */
  void rollBack(Business business) throws Exception {
    inTransaction(business);
  }

  private void inTransaction(Business business) throws Exception {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      transactional.set(connection);
      try {
        business.run(connection);
      } finally {
        transactional.remove();
        connection.rollback(); // what was not committed
      }
    }
  }

  /** Does it while this connection is all that there is. */
  void withPoolOf(Connection connection, Business business) throws Exception {
    transactional.set(connection);
    try {
      business.run(connection);
    } finally {
      transactional.remove();
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<String> query(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        values.add(found.getString(1));
      }
    }
    return values;
  }

  /** How many rows lie in the outbox. */
  int waiting() throws SQLException {
    return Integer.parseInt(query("SELECT COUNT(*) FROM trailcast_outbox").get(0));
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = transactional.get();
    return connection == null ? connect() : keptOpen(connection);
  }

  private static Connection keptOpen(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            BusinessDatabase.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Override
  public void close() throws SQLException {
    open.close();
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
