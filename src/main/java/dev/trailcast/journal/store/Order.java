package dev.trailcast.journal.store;

import dev.trailcast.journal.Lineage;
import dev.trailcast.journal.StreamPosition;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Who gives the order of what is kept, and so names its history. For the one thread that writes,
 * partly inside its transactions.
 */
interface Order {
  /** Names the history. */
  String epoch();

  /** The eras of the history, as far as is committed. */
  Lineage lineage();

  /** Whether what has come before has a place of its own where it comes again. */
  boolean placesRepeats();

  /** In a transaction: something has this place, behind all others. */
  void enter(StreamPosition place) throws SQLException;

  /** In a transaction: nothing up to this offset is kept any more. */
  void expire(long floor) throws SQLException;

  /** What has been done in the transaction stays. */
  void committed();

  /** What has been done in the transaction has not. */
  void rolledBack();

  /**
   * Keeps in mind how far it has come.
   *
   * @param head up to here it is committed
   */
  void secure(StreamPosition head) throws IOException;
}
