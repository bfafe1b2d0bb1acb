package dev.trailcast.journal.store.sketch;

/**
 * A part of the order.
 *
 * @param after it begins behind this offset
 * @param upTo and ends with this one
 */
public record Stretch(long after, long upTo) {
  /** Whether no place is in it. */
  public boolean isEmpty() {
    return after >= upTo;
  }
}
