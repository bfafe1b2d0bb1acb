package dev.trailcast.stream.trail;

import dev.trailcast.settings.SettingException;

/**
 * How much of the newest is kept in memory, whichever is reached first.
 *
 * @param entries how many entries
 * @param bytes how many bytes of encoded entries
 */
public record TailSize(int entries, long bytes) {
  public TailSize {
    if (entries < 1) {
      throw new SettingException("entries", "at least 1", entries);
    }
    if (bytes < 1) {
      throw new SettingException("bytes", "at least 1", bytes);
    }
  }
}
