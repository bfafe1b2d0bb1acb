package dev.trailcast.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Who has given the order in a history, one after the other: each begins where the one before has
 * ended, as far as it knows. What that had given beyond is no part of the history, and positions
 * there are told by their era from those that were given again. (In Apache Kafka these are the
 * leaders of a partition, whose epoch each record has.)
 *
 * @param eras in order, each with a higher number and not before the last one
 */
public record Lineage(List<Era> eras) {
  /** There has always been one. */
  public static final Lineage ONE = new Lineage(List.of());

  /**
   * What one has given.
   *
   * @param after behind this offset
   */
  public record Era(int number, long after) {}

  public Lineage {
    eras = List.copyOf(eras);
    for (int i = 1; i < eras.size(); i++) {
      Era before = eras.get(i - 1);
      Era era = eras.get(i);
      if (era.number() <= before.number() || era.after() < before.after()) {
        throw new IllegalArgumentException(era + " can't follow " + before);
      }
    }
  }

  /** The same with one that has begun, or as it is where it had begun before. */
  public Lineage with(Era era) {
    if (!eras.isEmpty() && eras.get(eras.size() - 1).number() == era.number()) {
      return this;
    }
    List<Era> all = new ArrayList<>(eras);
    all.add(era);
    return new Lineage(all);
  }

  /** In which era the entry at an offset was given its place; 0 where there is but one. */
  public int eraAt(long offset) {
    for (int i = eras.size() - 1; i > 0; i--) { // as a rule it is the last
      if (eras.get(i).after() < offset) {
        return eras.get(i).number();
      }
    }
    return eras.isEmpty() ? 0 : eras.get(0).number();
  }

  /** The last offset of an era that is over; empty where it is not, as far as is known. */
  public OptionalLong end(int era) {
    for (Era later : eras) {
      if (later.number() > era) {
        return OptionalLong.of(later.after());
      }
    }
    return OptionalLong.empty();
  }

  /** Whether an era is later than all of these. */
  boolean isBefore(int era) {
    return era > (eras.isEmpty() ? 0 : eras.get(eras.size() - 1).number());
  }
}
