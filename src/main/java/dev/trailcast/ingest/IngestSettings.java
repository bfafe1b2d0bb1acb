package dev.trailcast.ingest;

import dev.trailcast.activity.RawJson;
import dev.trailcast.settings.SettingException;
import java.time.Duration;

/**
 * What is let in.
 *
 * @param maxActivityBytes how large an activity may be in its encoded form
 * @param maxDepth how many arrays and objects may lie inside each other in its data
 * @param maxBodyBytes how large a body may be that is one activity or an array, unpacked
 * @param maxBodyActivities how many there may be in an array
 * @param maxTransactionBytes how large the activities of one transaction may be together, encoded:
 *     they are held until it has committed
 * @param ackTimeout how long whoever brings activities waits for them to be durable
 */
public record IngestSettings(
    int maxActivityBytes,
    int maxDepth,
    int maxBodyBytes,
    int maxBodyActivities,
    int maxTransactionBytes,
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
    within("maxTransactionBytes", maxTransactionBytes, maxActivityBytes, MOST_BODY_BYTES);
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
