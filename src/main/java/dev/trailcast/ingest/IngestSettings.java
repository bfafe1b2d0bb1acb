package dev.trailcast.ingest;

import dev.trailcast.activity.RawJson;
import dev.trailcast.settings.SettingException;
import java.time.Duration;

/**
 * What is let in.
 *
 * @param maxActivityBytes how large an activity may be in its encoded form
 * @param maxDepth how many arrays and objects may lie inside each other in its data
 * @param maxBodyBytes how much may come at a time where it has to be held as a whole: a body that
 *     is one activity or an array, unpacked, and the activities of one transaction, encoded
 * @param maxBodyActivities how many there may be in an array
 * @param ackTimeout how long whoever brings activities waits for them to be durable
 */
public record IngestSettings(
    int maxActivityBytes,
    int maxDepth,
    int maxBodyBytes,
    int maxBodyActivities,
    Duration ackTimeout) {
  private static final int MOST_ACTIVITY_BYTES = 16 * 1024 * 1024;
  private static final int MOST_BODY_BYTES = 1024 * 1024 * 1024;

  /**
   * @throws SettingException naming what is out of its bounds, and these
   */
  public IngestSettings {
    within("maxActivityBytes", maxActivityBytes, 1, MOST_ACTIVITY_BYTES);
    within("maxDepth", maxDepth, 0, RawJson.DEEPEST);
    within("maxBodyBytes", maxBodyBytes, maxActivityBytes, MOST_BODY_BYTES);
    within("maxBodyActivities", maxBodyActivities, 1, Integer.MAX_VALUE);
    if (ackTimeout.isNegative() || ackTimeout.isZero()) {
      throw new SettingException("ackTimeout", "positive", ackTimeout);
    }
  }

  private static void within(String component, int value, int least, int most) {
    if (value < least || value > most) {
      throw new SettingException(component, "between " + least + " and " + most, value);
    }
  }
}
