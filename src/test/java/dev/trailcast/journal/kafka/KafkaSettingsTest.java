package dev.trailcast.journal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.settings.SettingException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {
  private static KafkaSettings settings(String broker, String topic, Map<String, String> client) {
    return new KafkaSettings(
        List.of(broker), topic, false, ContentMode.STRUCTURED, 1_000_000, client);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:9092", "10.0.0.1:1", "b-1.kafka.example.com:65535", "[::1]:9092"})
  void takesBrokersWithTheirPorts(String broker) {
    assertThat(settings(broker, "trailcast", Map.of()).bootstrap()).containsExactly(broker);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "localhost:",
        ":9092",
        "localhost:0",
        "localhost:65536",
        "::1:9092",
        "kafka://a:9092",
        "a b:9092"
      })
  void takesNothingElseForABroker(String broker) {
    assertThatThrownBy(() -> settings(broker, "trailcast", Map.of()))
        .isInstanceOfSatisfying(
            SettingException.class, e -> assertThat(e.component()).isEqualTo("bootstrap"));
  }

  @Test
  void takesTheNamesThatKafkaTakesForATopic() {
    for (String topic : List.of("t", "...", "Trail_cast-1.2", "t".repeat(249))) {
      assertThat(settings("a:1", topic, Map.of()).topic()).isEqualTo(topic);
    }
    for (String topic : List.of("", ".", "..", "a b", "é", "a/b", "t".repeat(250), "t\n")) {
      assertThatThrownBy(() -> settings("a:1", topic, Map.of()))
          .isInstanceOfSatisfying(
              SettingException.class, e -> assertThat(e.component()).isEqualTo("topic"));
    }
  }

  @Test
  void showsNoSecret() {
    KafkaSettings settings =
        settings("a:1", "trail", Map.of("ssl.key.password", "hidden", "linger.ms", "5"));

    assertThat(settings.toString()).contains("ssl.key.password", "trail").doesNotContain("hidden");
  }
}
