package dev.trailcast.canary;

import dev.trailcast.settings.SettingException;
import java.time.Duration;

/**
 * Whether canaries are sent, and when one is late.
 *
 * @param interval how often; zero: there are none
 * @param late for how long one may be on its way
 */
public record CanarySettings(Duration interval, Duration late) {
  private static final Duration LEAST = Duration.ofMillis(100);

  public CanarySettings {
    if (!interval.isZero() && interval.compareTo(LEAST) < 0) {
      throw new SettingException("interval", "PT0S, for none, or at least " + LEAST, interval);
    }
    if (late.compareTo(LEAST) < 0) {
      throw new SettingException("late", "at least " + LEAST, late);
    }
  }

  /** Whether there are any. */
  public boolean isOn() {
    return !interval.isZero();
  }
}
