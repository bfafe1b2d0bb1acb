package dev.trailcast.ingest.outbox;

import dev.trailcast.settings.SettingException;
import java.time.Duration;

/**
 * Where what is fired in transactions is kept.
 *
 * @param datasource the JNDI name of the DataSource that the business code uses; empty where there
 *     is no outbox
 * @param createTable whether the table is made where there is none
 * @param application whose rows these are, where several journals share a table; {@code
 *     [a-z0-9][a-z0-9._-]{0,63}}
 * @param relayInterval how often what was left in the table is looked for
 */
public record OutboxSettings(
    String datasource, boolean createTable, String application, Duration relayInterval) {
  private static final String APPLICATION = "[a-z0-9][a-z0-9._-]{0,63}";
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * @throws SettingException naming what is not allowed
   */
  public OutboxSettings {
    if (!application.matches(APPLICATION)) {
      throw new SettingException("application", "of the form " + APPLICATION, application);
    }
    if (relayInterval.compareTo(SHORTEST) < 0 || relayInterval.compareTo(LONGEST) > 0) {
      throw new SettingException(
          "relayInterval", "between " + SHORTEST + " and " + LONGEST, relayInterval);
    }
  }

  /** Whether there is an outbox. */
  boolean isOn() {
    return !datasource.isEmpty();
  }
}
