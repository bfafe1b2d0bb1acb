package dev.trailcast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @Test
  void areAllGivenADefault() throws IOException {
    new Settings(config(Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trailcast.journal.directory||trailcast.journal.directory must be a path, not ''",
        "trailcast.journal.retention.age|a week|trailcast.journal.retention.age must be an ISO-8601 duration, such as PT15S or P7D, not 'a week'",
        "trailcast.journal.retention.age|PT0S|trailcast.journal.retention.age must be positive, not 'PT0S'",
        "trailcast.journal.retention.count|0|trailcast.journal.retention.count must be at least 1, not '0'",
        "trailcast.journal.retention.bytes|1GB|trailcast.journal.retention.bytes must be a whole number, not '1GB'",
        "trailcast.journal.queue-activities|-5|trailcast.journal.queue-activities must be at least 1, not '-5'",
        "trailcast.stream.heartbeat|15|trailcast.stream.heartbeat must be an ISO-8601 duration, such as PT15S or P7D, not '15'",
        "trailcast.stream.heartbeat|PT0.5S|trailcast.stream.heartbeat must be at least PT1S, not 'PT0.5S'",
        "trailcast.stream.heartbeat|P1D|trailcast.stream.heartbeat must be a tenth of trailcast.journal.retention.age (PT168H) at most, not 'PT24H'",
        "trailcast.stream.readers.max|0|trailcast.stream.readers.max must be at least 1, not '0'",
        "trailcast.stream.readers.max|99999999999|trailcast.stream.readers.max must be a whole number up to 2147483647, not '99999999999'",
        "trailcast.stream.tail.entries|0|trailcast.stream.tail.entries must be at least 1, not '0'",
        "trailcast.stream.threads.stalled|x|trailcast.stream.threads.stalled must be a whole number up to 2147483647, not 'x'"
      })
  void nameTheKeyTheValueAndWhatIsAllowed(String key, String value, String message)
      throws IOException {
    Config config = config(Map.of(key, value == null ? " " : value));
    assertThatThrownBy(() -> new Settings(config))
        .isInstanceOf(BadSettingException.class)
        .hasMessage(message);
  }

  @Test
  void giveWayToAnApplicationsOwnFile() throws IOException {
    assertThat(defaults()).containsEntry("config_ordinal", "50"); // one of an application has 100
  }

  private static Config config(Map<String, String> values) throws IOException {
    return new SmallRyeConfigBuilder()
        .withSources(
            new PropertiesConfigSource(defaults(), "defaults", 50),
            new PropertiesConfigSource(values, "set", 100))
        .build();
  }

  private static Map<String, String> defaults() throws IOException {
    Properties properties = new Properties();
    try (InputStream file =
        SettingsTest.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
      properties.load(file);
    }
    Map<String, String> values = new java.util.HashMap<>();
    properties.forEach((key, value) -> values.put((String) key, (String) value));
    return values;
  }
}
