package dev.trailcast.ingest.outbox;

import dev.trailcast.settings.SettingException;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Map;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

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

  /**
   * Payara's connections are else in no transaction that is about to commit, where JPA writes and
   * calls its listeners: what these fire would be there whatever becomes of it. So Payara's own JPA
   * looks its DataSource up like this. (Others don't know the property.)
   */
  private static final Map<String, String> IN_ANY_PHASE =
      Map.of("com.sun.enterprise.connectors.jndisuffix", "__pm");

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
  public boolean isOn() {
    return !datasource.isEmpty();
  }

  /**
   * Looks it up.
   *
   * @throws SettingException if it is no DataSource's name here
   */
  public DataSource dataSource() {
    Throwable cause = null;
    try {
      if (new InitialContext(new Hashtable<>(IN_ANY_PHASE)).lookup(datasource)
          instanceof DataSource found) {
        return found;
      }
    } catch (NamingException e) {
      cause = e;
    }
    SettingException refused =
        new SettingException(
            "datasource",
            "the JNDI name of the DataSource that your business code uses",
            datasource);
    refused.initCause(cause);
    throw refused;
  }
}
