package dev.trailcast.stream.trail;

import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;

/**
 * Where a reader begins.
 *
 * @param position just behind it; it may be told of it
 * @param gap what it asked for and can't be given, or null
 * @param selection what alone it gets of the history, or null for everything
 */
public record Place(StreamPosition position, Gap gap, Selection selection) {
  public Place(StreamPosition position, Gap gap) {
    this(position, gap, null);
  }

  /** The same elsewhere. */
  Place at(long offset) {
    return new Place(position.at(offset), gap, selection);
  }
}
