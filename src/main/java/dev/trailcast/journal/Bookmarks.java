package dev.trailcast.journal;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What those who follow the journal keep beside it, each under a name of its own: how far it has
 * come, and what it could not take. It belongs to this journal, and is lost with its directory; so
 * only one application has it at a time. What was erased from the journal is erased from here as
 * well.
 *
 * <p>Every method may be called by any thread, and reads from the disk or writes to it. Names are
 * of the form {@value #NAME}.
 */
public interface Bookmarks {
  /** How a name is to be written. */
  String NAME = "[a-z0-9][a-z0-9._-]{0,63}";

  /**
   * How far somebody has come, as it was kept; empty if nothing was. It may be anything, where
   * somebody else has written it.
   */
  Optional<String> position(String name) throws IOException;

  /** Keeps it, durably: afterwards it is this one or, if that fails, the one from before. */
  void keep(String name, StreamPosition position) throws IOException;

  /** How many activities somebody could not take. */
  int countParked(String name) throws IOException;

  /** What somebody could not take, in the order it was put there. */
  List<ParkedActivity> parked(String name) throws IOException;

  /**
   * Keeps what somebody could not take, durably; in place of what was kept of the same position.
   *
   * @param isKept whether the journal still has it, which is asked while nothing can be erased from
   *     here
   * @return whether that was so; otherwise it is not kept here either
   */
  boolean park(String name, ParkedActivity parked, BooleanSupplier isKept) throws IOException;

  /**
   * Lets go of what somebody could not take.
   *
   * @return whether it was there
   */
  boolean discard(String name, StreamPosition position) throws IOException;
}
