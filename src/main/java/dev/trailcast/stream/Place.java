package dev.trailcast.stream;

import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;

/**
 * Where a reader begins.
 *
 * @param position just behind it
 * @param gap what it asked for and can't be given, or null
 * @param selection what alone it gets of the history, or null for everything
 */
record Place(StreamPosition position, Gap gap, Selection selection) {
  Place(StreamPosition position, Gap gap) {
    this(position, gap, null);
  }
}
