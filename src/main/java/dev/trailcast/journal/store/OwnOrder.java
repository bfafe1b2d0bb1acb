package dev.trailcast.journal.store;

import dev.trailcast.journal.Lineage;
import dev.trailcast.journal.StreamPosition;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The order is given here alone: what is kept is nowhere else. Positions that were given behind
 * what the file has, and are not known here, must not be taken for ours: where it is not as it was
 * left, a new history begins.
 */
final class OwnOrder implements Order {
  private static final Logger LOG = System.getLogger(OwnOrder.class.getName());

  private final Seal seal;
  private final String epoch;

  /**
   * @param left how far the file has come
   * @param isTheSame whether it is known that it is as it was left
   */
  OwnOrder(Database database, Connection connection, StreamPosition left, boolean isTheSame)
      throws SQLException {
    seal = new Seal(database.file());
    epoch = isTheSame || seal.isIntact(left) ? left.epoch() : beginHistory(connection, left);
  }

  private static String beginHistory(Connection connection, StreamPosition left)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String begun = Schema.renewEpoch(statement);
      if (left.offset() > 0) {
        LOG.log(
            Level.WARNING,
            "TRAIL0113W: The journal is not as it was left at {0}: it is a copy, or journal.seal is missing."
                + " It begins a new history, {1}: readers who come back are told of a gap.",
            left,
            begun);
      }
      return begun;
    }
  }

  @Override
  public String epoch() {
    return epoch;
  }

  @Override
  public Lineage lineage() {
    return Lineage.ONE;
  }

  @Override
  public boolean placesRepeats() {
    return false;
  }

  @Override
  public void enter(StreamPosition place) {}

  @Override
  public void expire(long floor) {}

  @Override
  public void committed() {}

  @Override
  public void rolledBack() {}

  @Override
  public void secure(StreamPosition head) throws IOException {
    seal.renew(head);
  }
}
