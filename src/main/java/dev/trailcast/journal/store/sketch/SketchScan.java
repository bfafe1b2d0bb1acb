package dev.trailcast.journal.store.sketch;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Goes through a part of the order, from one stretch that something may be in to the next. For one
 * thread. While slices are left, its connection reads the file as it was at the beginning.
 */
public final class SketchScan implements AutoCloseable {
  private final Optional<ResultSet> slices;
  private final Predicate<Sketch> condition;
  private final boolean backward; // then all offsets in here are negative
  private final long upTo;

  private long at; // everything up to here was told
  private boolean hasSlice; // one was read that was not looked at
  private long end; // of what was looked at last: a slice, or what lies in none
  private boolean mayBe; // there

  /**
   * Begins.
   *
   * @param slices finds those that reach beyond an offset, in order, and perhaps one before them
   * @param condition whether something may be in a slice; empty if it may be anywhere
   */
  SketchScan(
      PreparedStatement slices,
      Stretch within,
      boolean backward,
      Optional<Predicate<Sketch>> condition)
      throws SQLException {
    this.backward = backward;
    this.upTo = backward ? -within.after() : within.upTo();
    this.at = backward ? -within.upTo() : within.after();
    this.end = at;
    this.condition = condition.orElse(slice -> true);
    slices.setLong(1, at);
    this.slices = condition.isPresent() ? Optional.of(slices.executeQuery()) : Optional.empty();
  }

  /**
   * The next stretch.
   *
   * @param most how many places it may have
   * @return an empty one, which says up to where there is nothing, if none was found so far
   */
  public Stretch next(int most) throws SQLException {
    for (int passed = 0; passed < SketchReader.MOST && !isOver() && !mayBeHere(); passed++) {
      at = end;
    }
    long begin = at;
    while (at - begin < most && !isOver() && mayBeHere()) {
      at = Math.min(end, begin + most);
    }
    return backward ? new Stretch(-at, -begin) : new Stretch(begin, at);
  }

  private boolean isOver() {
    return at >= upTo;
  }

  private boolean mayBeHere() throws SQLException {
    while (end <= at) {
      look();
    }
    return mayBe;
  }

  /** At what comes behind the end. */
  private void look() throws SQLException {
    hasSlice = hasSlice || (slices.isPresent() && slices.get().next());
    if (!hasSlice) {
      looked(upTo, true);
    } else if (slices.get().getLong(1) > at) { // what lies in no slice may be anything
      looked(slices.get().getLong(1), true);
    } else {
      looked(slices.get().getLong(2), condition.test(Sketch.of(slices.get().getBytes(3))));
      hasSlice = false;
    }
  }

  private void looked(long next, boolean found) {
    end = Math.min(next, upTo);
    mayBe = found;
  }

  @Override
  public void close() throws SQLException {
    if (slices.isPresent()) {
      slices.get().close();
    }
  }
}
