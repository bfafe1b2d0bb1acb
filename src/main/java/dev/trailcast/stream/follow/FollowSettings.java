package dev.trailcast.stream.follow;

import dev.trailcast.settings.SettingException;
import java.time.Duration;

/**
 * How beans follow.
 *
 * @param max how many may follow at a time; each has a thread
 * @param tries how often each is given an activity that it fails at, before that is parked
 * @param firstPause after how long it is tried again; each time twice as long
 * @param longestPause but no longer than this
 * @param maxParked how many parked activities each may have; then it goes on no further
 */
public record FollowSettings(
    int max, int tries, Duration firstPause, Duration longestPause, int maxParked) {
  private static final int MOST = 100;
  private static final int MOST_PARKED = 10_000;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * @throws SettingException naming what is not allowed
   */
  public FollowSettings {
    between("max", max, MOST);
    between("tries", tries, MOST);
    between("firstPause", firstPause);
    between("longestPause", longestPause);
    between("maxParked", maxParked, MOST_PARKED);
  }

  private static void between(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new SettingException(name, "from 1 to " + most, value);
    }
  }

  private static void between(String name, Duration value) {
    if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
      throw new SettingException(name, "between " + SHORTEST + " and " + LONGEST, value);
    }
  }

  /** How long to wait after so many tries. */
  Duration pause(int tries) {
    Duration pause = firstPause;
    for (int i = 1; i < tries && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
