package dev.trailcast.journal.store;

import java.time.Duration;

/**
 * How much history is kept: whichever of the bounds is reached first. Old entries go in steps, so a
 * little more may be there for a while.
 *
 * @param age how long ago an entry may have been recorded
 * @param count how many entries
 * @param bytes how much room they take on the disk
 */
public record Retention(Duration age, long count, long bytes) {
  public Retention {
    if (age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("age must be positive, but is " + age);
    }
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, but is " + count);
    }
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes must be at least 1, but is " + bytes);
    }
  }
}
