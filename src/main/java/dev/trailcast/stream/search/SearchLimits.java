package dev.trailcast.stream.search;

import dev.trailcast.settings.SettingException;
import java.time.Duration;

/**
 * What searches through the journal may cost.
 *
 * @param threads how many are looked on with at a time
 * @param max how many there may be at a time, with those that wait and those that are answered
 * @param activities how many each may look at
 * @param time how long each may take, from when it was asked for
 */
public record SearchLimits(int threads, int max, int activities, Duration time) {
  public SearchLimits {
    atLeastOne("threads", threads);
    atLeastOne("max", max);
    atLeastOne("activities", activities);
    if (time.isNegative() || time.isZero()) {
      throw new SettingException("time", "more than PT0S", time);
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new SettingException(name, "at least 1", value);
    }
  }
}
