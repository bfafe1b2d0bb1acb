package dev.trailcast.journal.kafka;

import dev.trailcast.settings.SettingException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which topic the journal goes by, and how. It can be made where there is no client of Kafka, and
 * where another journal was chosen: then nothing is asked of it.
 *
 * @param bootstrap brokers to begin with, as {@code host:port}
 * @param topic the topic's name
 * @param createTopic whether it is made where there is none
 * @param contentMode how activities are written
 * @param duplicateWindow among how many records an activity is found that was recorded before
 * @param client what Kafka's clients are told beside that, by Kafka's own names; may be secrets
 */
public record KafkaSettings(
    List<String> bootstrap,
    String topic,
    boolean createTopic,
    ContentMode contentMode,
    int duplicateWindow,
    Map<String, String> client) {
  /** A class that there is only with the client of Kafka. */
  private static final String CLIENT = "org.apache.kafka.clients.consumer.KafkaConsumer";

  private static final Pattern BROKER =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+]):([1-9][0-9]{0,4})");

  private static final int HIGHEST_PORT = 65_535;

  /** Kafka's own rule, org.apache.kafka.common.internals.Topic; neither . nor .. alone. */
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

  private static final int SMALLEST_WINDOW = 1_000;
  private static final int LARGEST_WINDOW = 100_000_000;

  /**
   * @throws SettingException naming what is not allowed
   */
  public KafkaSettings {
    for (String broker : bootstrap) {
      if (!isBroker(broker)) {
        throw new SettingException("bootstrap", "brokers, host:port, separated by commas", broker);
      }
    }
    if (!TOPIC.matcher(topic).matches()) {
      throw new SettingException("topic", "of the form [A-Za-z0-9._-]{1,249}", topic);
    }
    if (duplicateWindow < SMALLEST_WINDOW || duplicateWindow > LARGEST_WINDOW) {
      throw new SettingException(
          "duplicateWindow", "from " + SMALLEST_WINDOW + " to " + LARGEST_WINDOW, duplicateWindow);
    }
    bootstrap = List.copyOf(bootstrap);
    client = Map.copyOf(new TreeMap<>(client));
    client.keySet().stream().sorted().forEach(KafkaSettings::checkIsLeftOpen);
  }

  private static boolean isBroker(String text) {
    var broker = BROKER.matcher(text);
    return broker.matches() && Integer.parseInt(broker.group(2)) <= HIGHEST_PORT;
  }

  private static void checkIsLeftOpen(String name) {
    String reason = Decided.REASONS.get(name);
    if (reason != null) {
      throw new SettingException("client." + name, "left to the journal: " + reason);
    }
  }

  /** Whether the client of Kafka is there. */
  public static boolean isClientThere() {
    try {
      Class.forName(CLIENT, false, KafkaSettings.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** The names that Kafka's clients know. The client must be there. */
  public static Set<String> clientNames() {
    return ClientProperties.names();
  }

  /**
   * Checks what is needed, and allowed, where this journal is chosen. The client must be there.
   *
   * @return this
   * @throws SettingException naming what is not allowed
   */
  public KafkaSettings checked() {
    if (bootstrap.isEmpty()) {
      throw new SettingException(
          "bootstrap",
          "set to brokers, host:port, separated by commas, where Kafka is the journal");
    }
    client.forEach(ClientProperties::check);
    return this;
  }

  /** Without what may be a secret. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrap=%s, topic=%s, createTopic=%s, contentMode=%s, duplicateWindow=%d, client=%s]"
        .formatted(bootstrap, topic, createTopic, contentMode, duplicateWindow, client.keySet());
  }
}
