package dev.trailcast.stream;

import dev.trailcast.journal.StreamPosition;

/**
 * Where a reader begins.
 *
 * @param position just behind it
 * @param gap what it asked for and can't be given, or null
 */
record Place(StreamPosition position, Gap gap) {}
