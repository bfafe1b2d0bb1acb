package dev.trailcast.journal.kafka;

import dev.trailcast.settings.SettingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What each client of Kafka is made with: first what the journal would have but leaves open, then
 * what is set, of which each client is told what it knows, and last what the journal has {@link
 * Decided}.
 */
final class ClientProperties {
  /** Past it a publisher is answered that the brokers are away. */
  private static final int MOST_WAITING_MILLIS = 1_000;

  private static final int ANSWER_MILLIS = 5_000;
  private static final int DELIVERY_MILLIS = 10_000;

  static { // what they know, they look for with the loader of the thread that asks first
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClientProperties.class.getClassLoader());
    try {
      clients();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private ClientProperties() {}

  /** Of the one that writes. */
  static Map<String, Object> producer(KafkaSettings settings, String clientId) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 1); // the most records a second, measured
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 65_536);
    putAll(properties, settings, clientId, ProducerConfig.configDef());
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MOST_WAITING_MILLIS);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
    return properties;
  }

  /** Of the one that reads. */
  static Map<String, Object> consumer(KafkaSettings settings, String clientId) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
    putAll(properties, settings, clientId, ConsumerConfig.configDef());
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    return properties;
  }

  /** Of the one that looks after the topic. */
  static Map<String, Object> admin(KafkaSettings settings, String clientId) {
    Map<String, Object> properties = new HashMap<>();
    putAll(properties, settings, clientId, AdminClientConfig.configDef());
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    return properties;
  }

  private static void putAll(
      Map<String, Object> properties, KafkaSettings settings, String clientId, ConfigDef known) {
    settings
        .client()
        .forEach(
            (name, value) -> {
              if (known.configKeys().containsKey(name)) {
                properties.put(name, value);
              }
            });
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrap());
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
  }

  private static List<ConfigDef> clients() {
    return List.of(
        ProducerConfig.configDef(), ConsumerConfig.configDef(), AdminClientConfig.configDef());
  }

  /** All names that one of them knows. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>();
    clients().forEach(client -> names.addAll(client.names()));
    return names;
  }

  /**
   * Checks that each client that knows the name takes the value.
   *
   * @throws SettingException if one does not; it doesn't show the value, which may be a secret
   */
  static void check(String name, String value) {
    for (ConfigDef client : clients()) {
      ConfigKey key = client.configKeys().get(name);
      if (key != null && !takes(key, value)) {
        throw new SettingException(
            "client." + name,
            "what Kafka takes for it: "
                + key.type
                + (key.validator == null ? "" : ", " + key.validator));
      }
    }
  }

  private static boolean takes(ConfigKey key, String value) {
    if (key.type == ConfigDef.Type.CLASS) {
      return true; // may be one of the application's, and is looked for when it is needed
    }
    try {
      Object parsed = ConfigDef.parseType(key.name, value, key.type);
      if (key.validator != null) {
        key.validator.ensureValid(key.name, parsed);
      }
      return true;
    } catch (ConfigException e) {
      return false;
    }
  }
}
