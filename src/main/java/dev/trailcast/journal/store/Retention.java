package dev.trailcast.journal.store;

import dev.trailcast.settings.SettingException;
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
      throw new SettingException("age", "positive", age);
    }
    if (count < 1) {
      throw new SettingException("count", "at least 1", count);
    }
    if (bytes < 1) {
      throw new SettingException("bytes", "at least 1", bytes);
    }
  }
}
