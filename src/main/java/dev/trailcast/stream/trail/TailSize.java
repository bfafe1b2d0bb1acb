package dev.trailcast.stream.trail;

/**
 * How much of the newest is kept in memory, whichever is reached first.
 *
 * @param entries how many entries
 * @param bytes how many bytes of encoded entries
 */
public record TailSize(int entries, long bytes) {
  public TailSize {
    if (entries < 1) {
      throw new IllegalArgumentException("entries must be at least 1, not " + entries);
    }
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes must be at least 1, not " + bytes);
    }
  }
}
