package dev.trailcast.stream.trail;

import java.util.NavigableSet;

/**
 * What alone a reader gets of the history.
 *
 * @param offsets of the entries
 * @param upTo from the entry behind this on, it gets everything
 */
public record Selection(NavigableSet<Long> offsets, long upTo) {
  /** The next one for a reader that has come so far, or null if there is none. */
  public Long behind(long offset) {
    return offsets.higher(offset);
  }

  public boolean includes(long offset) {
    return offset > upTo || offsets.contains(offset);
  }
}
