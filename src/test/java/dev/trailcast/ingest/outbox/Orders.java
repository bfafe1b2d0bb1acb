package dev.trailcast.ingest.outbox;

import dev.trailcast.activity.Activity;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.UserTransaction;
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
  /** How the two come into a transaction. */
  public enum Way {
    TOLD_LAST,
    /** Before the business has used its connection. */
    TOLD_FIRST,
    /** By JPA, which writes when the transaction is about to commit, and so after it was told. */
    PERSISTED,
    /** When the transaction is about to commit. */
    TOLD_BEFORE_COMPLETION
  }

  /** How a transaction ends. */
  public enum Ending {
    COMMITS,
    /** By an exception of the business. */
    FAILS,
    /** By somebody else, when it is about to commit. */
    IS_REFUSED
  }

  @Inject private Event<Activity> activities;
  @Inject private UserTransaction transaction;
  @PersistenceContext private EntityManager entities;

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry synchronizations;

  /** Places an order, of which {@code told} activities tell. */
  @Transactional
  public void place(int number, int told, Way way, Ending ending) throws Exception {
    switch (way) {
      case TOLD_LAST -> {
        insert(number, told);
        tell(number, told);
      }
      case TOLD_FIRST -> {
        tell(number, told);
        insert(number, told);
      }
      case PERSISTED -> {
        entities.persist(new Order(number, told));
        tell(number, told);
      }
      case TOLD_BEFORE_COMPLETION -> {
        insert(number, told);
        beforeCompletion(() -> tell(number, told));
      }
    }
    switch (ending) {
      case COMMITS -> {}
      case FAILS -> throw new IllegalStateException("out of stock");
      case IS_REFUSED -> beforeCompletion(synchronizations::setRollbackOnly);
    }
  }

  /** The same, in a transaction that this begins and ends itself. */
  public void placeByHand(int number, int told, Way way, Ending ending) throws Exception {
    transaction.begin();
    try {
      place(number, told, way, ending);
    } catch (Throwable e) {
      transaction.rollback();
      throw e;
    }
    transaction.commit();
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

  private void tell(int number, int told) {
    for (int i = 0; i < told; i++) {
      activities.fire(
          Activity.of("buyer", "order.placed", "orders/" + number)
              .withSource("/shop")
              .withId(number + "-" + i));
    }
  }

  private void beforeCompletion(Runnable action) {
    synchronizations.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            action.run();
          }

          @Override
          public void afterCompletion(int status) {}
        });
  }

  /** Counts what was recorded, if it was not counted before. */
  @Transactional
  public void count(String id) throws Exception {
    try (Connection connection = database().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO sales (id) SELECT CAST(? AS VARCHAR(64))"
                    + " WHERE NOT EXISTS (SELECT 1 FROM sales WHERE id = ?)")) {
      insert.setString(1, id);
      insert.setString(2, id);
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
