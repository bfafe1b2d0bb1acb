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

  /** What of this lies behind one offset and up to another. */
  Stretch between(long begin, long end) {
    return new Stretch(Math.max(after, begin), Math.min(upTo, end));
  }
}
