package dev.trailcast.journal.writer;

import dev.trailcast.journal.store.Retention;
import dev.trailcast.settings.SettingException;
import java.nio.file.Path;

/**
 * What is kept on a node, and what may wait to be.
 *
 * @param directory where; made if it is not there
 * @param retention how much history
 * @param queueActivities how many activities may wait to become durable
 * @param queueBytes how many bytes of encoded activities may wait to
 */
public record JournalSettings(
    Path directory, Retention retention, int queueActivities, long queueBytes) {
  public JournalSettings {
    if (queueActivities < 1) {
      throw new SettingException("queueActivities", "at least 1", queueActivities);
    }
    if (queueBytes < 1) {
      throw new SettingException("queueBytes", "at least 1", queueBytes);
    }
  }
}
