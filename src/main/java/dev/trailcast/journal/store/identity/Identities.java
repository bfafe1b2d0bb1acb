package dev.trailcast.journal.store.identity;

import dev.trailcast.activity.Activity;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * Which ids of which sources have come before, and where: says what is new. For the one thread that
 * writes, inside its transactions: each is {@link #prepare prepared}, and at its end {@link #save
 * saved} and then either {@link #committed} or {@link #rolledBack}, so that nothing is known of
 * what was not committed.
 */
public interface Identities {
  /** The id and source of an activity. */
  Identity of(Activity activity);

  /**
   * Where the one was new that an activity repeats.
   *
   * @param offset where it stands, behind all others
   * @return its offset; empty if this one is new
   */
  OptionalLong find(Identity identity, long offset) throws SQLException;

  /** A new one has come, with an offset behind all others. */
  void add(Identity identity, long offset);

  /**
   * One has come again, with an offset behind all others.
   *
   * @param first where it was new
   */
  void repeat(Identity identity, long offset, long first) throws SQLException;

  /**
   * At the beginning of a transaction: does what has become due.
   *
   * @param floor the last offset that is not kept
   * @param head the last offset of all that have come so far
   * @param kept how many entries are kept
   */
  void prepare(long floor, long head, long kept) throws SQLException;

  /** At the end of a transaction: writes what has come and can't be found out otherwise. */
  void save() throws SQLException;

  /** What has come since it was prepared stays. */
  void committed();

  /** What has come since it was prepared has not. */
  void rolledBack();
}
