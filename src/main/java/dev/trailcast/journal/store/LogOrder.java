package dev.trailcast.journal.store;

import dev.trailcast.journal.Lineage;
import dev.trailcast.journal.Lineage.Era;
import dev.trailcast.journal.StreamPosition;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The order is that of a log elsewhere, of which this is a copy: its history and eras are the
 * log's, and each of its records has a place, whatever it is. An older state of a copy is only
 * behind, so it needs no seal.
 */
final class LogOrder implements Order {
  private final String epoch;
  private final PreparedStatement insert;
  private final PreparedStatement deleteBefore;

  private Lineage lineage; // what is committed
  private Lineage coming; // what the transaction has made of it

  /** As it is in the file. */
  LogOrder(Connection connection, String epoch) throws SQLException {
    this.epoch = epoch;
    insert = connection.prepareStatement("INSERT INTO era VALUES (?, ?)");
    deleteBefore = connection.prepareStatement("DELETE FROM era WHERE number < ?");
    lineage = Lineage.ONE;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT number, after FROM era ORDER BY number")) {
      while (rows.next()) {
        lineage = lineage.with(new Era(rows.getInt(1), rows.getLong(2)));
      }
    }
    coming = lineage;
  }

  static void createTables(Statement statement) throws SQLException {
    statement.execute(
        "CREATE TABLE era (number INTEGER PRIMARY KEY, after INTEGER NOT NULL) STRICT");
  }

  @Override
  public String epoch() {
    return epoch;
  }

  @Override
  public Lineage lineage() {
    return lineage;
  }

  @Override
  public boolean placesRepeats() {
    return true;
  }

  /** The era begins right before its first record, so that it begins there in every copy. */
  @Override
  public void enter(StreamPosition place) throws SQLException {
    Era era = new Era(place.era(), place.offset() - 1);
    Lineage next = coming.with(era);
    if (next != coming) {
      insert.setInt(1, era.number());
      insert.setLong(2, era.after());
      insert.executeUpdate();
      coming = next;
    }
  }

  /** The last one that had begun by then is still needed. */
  @Override
  public void expire(long floor) throws SQLException {
    List<Era> eras = coming.eras();
    int first = 0;
    while (first + 1 < eras.size() && eras.get(first + 1).after() <= floor) {
      first++;
    }
    if (first > 0) {
      deleteBefore.setInt(1, eras.get(first).number());
      deleteBefore.executeUpdate();
      coming = new Lineage(eras.subList(first, eras.size()));
    }
  }

  @Override
  public void committed() {
    lineage = coming;
  }

  @Override
  public void rolledBack() {
    coming = lineage;
  }

  @Override
  public void secure(StreamPosition head) {}
}
