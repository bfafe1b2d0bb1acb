package dev.trailcast.ingest.outbox;

import dev.trailcast.activity.Activity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Business code: an order is a row, and activities tell of it. */
@ApplicationScoped
public class Orders {
  @Inject private Event<Activity> activities;

  /** Places an order, of which {@code told} activities tell. */
  @Transactional
  public void place(int number, int told) throws Exception {
    insert(number, told);
    for (int i = 0; i < told; i++) {
      activities.fire(
          Activity.of("buyer", "order.placed", "orders/" + number)
              .withSource("/shop")
              .withId(number + "-" + i));
    }
  }

  /** Does the same, and then fails. */
  @Transactional
  public void placeAndFail(int number, int told) throws Exception {
    place(number, told);
    throw new IllegalStateException("out of stock");
  }

  /** Does the same, and then somebody else refuses to commit, after what is fired was kept. */
  @Transactional
  public void placeAndRefuse(int number, int told) throws Exception {
    place(number, told);
    TransactionSynchronizationRegistry transactions =
        InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
    transactions.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            transactions.setRollbackOnly();
          }

          @Override
          public void afterCompletion(int status) {}
        });
  }

  private void insert(int number, int told) throws Exception {
    try (Connection connection = database().getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO orders (number, told) VALUES (?, ?)")) {
      insert.setInt(1, number);
      insert.setInt(2, told);
      insert.executeUpdate();
    }
  }

  /** Outside of any transaction. */
  public void execute(String sql) throws Exception {
    try (Connection connection = database().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What a query finds, separated by commas. */
  public String query(String sql) throws Exception {
    StringBuilder values = new StringBuilder();
    try (Connection connection = database().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        values.append(values.isEmpty() ? "" : ",").append(found.getString(1));
      }
    }
    return values.toString();
  }

  private static DataSource database() throws NamingException, SQLException {
    return InitialContext.doLookup("jdbc/shop");
  }
}
