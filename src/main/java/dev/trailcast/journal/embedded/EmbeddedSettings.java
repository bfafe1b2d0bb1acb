package dev.trailcast.journal.embedded;

import dev.trailcast.journal.store.Retention;
import dev.trailcast.settings.SettingException;
import java.nio.file.Path;

/**
 * How the embedded journal is kept.
 *
 * @param directory where; made if it is not there
 * @param retention how much history
 * @param queueActivities how many activities may wait for the disk
 * @param queueBytes how many bytes of encoded activities may wait for the disk
 */
public record EmbeddedSettings(
    Path directory, Retention retention, int queueActivities, long queueBytes) {
  public EmbeddedSettings {
    if (queueActivities < 1) {
      throw new SettingException("queueActivities", "at least 1", queueActivities);
    }
    if (queueBytes < 1) {
      throw new SettingException("queueBytes", "at least 1", queueBytes);
    }
  }
}
