package dev.trailcast.health;

import dev.trailcast.settings.SettingException;

/**
 * When it is said that a node is not ready.
 *
 * @param limits what it means that a limit is nearly reached
 * @param freeBytes how much room the journal's disk is to have left at least
 */
public record HealthSettings(NearLimit limits, long freeBytes) {
  /** What it means that a limit is nearly reached. */
  public enum NearLimit {
    /** Others are to be sent to another node, before anybody is turned away here. */
    UNREADY,
    /** It is said, and that is all. */
    WARN
  }

  public HealthSettings {
    if (freeBytes < 0) {
      throw new SettingException("freeBytes", "at least 0", freeBytes);
    }
  }
}
