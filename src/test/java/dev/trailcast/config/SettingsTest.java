package dev.trailcast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.journal.kafka.ContentMode;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @Test
  void areAllGivenADefault() throws IOException {
    new Settings(keys(Map.of(), Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trailcast.journal|redis|trailcast.journal must be embedded or kafka, not 'redis'",
        "trailcast.journal|kafka|trailcast.kafka.bootstrap must be set to brokers, host:port, separated by commas, where Kafka is the journal",
        "trailcast.kafka.bootstrap|one:9092, two|trailcast.kafka.bootstrap must be brokers, host:port, separated by commas, not 'two'",
        "trailcast.kafka.topic|my topic|trailcast.kafka.topic must be of the form [A-Za-z0-9._-]{1,249}, not 'my topic'",
        "trailcast.kafka.create-topic|maybe|trailcast.kafka.create-topic must be true or false, not 'maybe'",
        "trailcast.kafka.content-mode|batched|trailcast.kafka.content-mode must be structured or binary, not 'batched'",
        "trailcast.kafka.duplicate-window|999|trailcast.kafka.duplicate-window must be from 1000 to 100000000, not '999'",
        "trailcast.kafka.client.acks|1|trailcast.kafka.client.acks must be left to the journal: what is acknowledged must be durable, in one order, and once",
        "trailcast.journal.directory||trailcast.journal.directory must be a path, not ''",
        "trailcast.journal.retention.age|a week|trailcast.journal.retention.age must be an ISO-8601 duration, such as PT15S or P7D, not 'a week'",
        "trailcast.journal.retention.age|PT0S|trailcast.journal.retention.age must be positive, not 'PT0S'",
        "trailcast.journal.retention.count|0|trailcast.journal.retention.count must be at least 1, not '0'",
        "trailcast.journal.retention.bytes|1GB|trailcast.journal.retention.bytes must be a whole number, not '1GB'",
        "trailcast.journal.queue-activities|-5|trailcast.journal.queue-activities must be at least 1, not '-5'",
        "trailcast.backup.directory|trailcast-data|trailcast.backup.directory must be another directory than trailcast.journal.directory, not 'trailcast-data'",
        "trailcast.backup.keep|0|trailcast.backup.keep must be at least 1, not '0'",
        "trailcast.http.origins|*|trailcast.http.origins must be exact origins, such as https://app.example.com, separated by commas (* is none: any website could do what its visitors may), not '*'",
        "trailcast.http.hosts||trailcast.http.hosts must be hosts, such as trail.example.com, *.example.com, 192.0.2.7, 10.0.0.0/8 or [::1], separated by commas, not ''",
        "trailcast.http.dashboard|off|trailcast.http.dashboard must be true or false, not 'off'",
        "trailcast.ingest.max-bodies-at-once|0|trailcast.ingest.max-bodies-at-once must be between 1 and 2147483647, not '0'",
        "trailcast.ingest.rate.activities|-1|trailcast.ingest.rate.activities must be between 0 and 1000000000000, not '-1'",
        "trailcast.outbox.application|My Shop|trailcast.outbox.application must be of the form [a-z0-9][a-z0-9._-]{0,63}, not 'My Shop'",
        "trailcast.follow.max|0|trailcast.follow.max must be from 1 to 100, not '0'",
        "trailcast.follow.tries|101|trailcast.follow.tries must be from 1 to 100, not '101'",
        "trailcast.follow.first-pause|PT0S|trailcast.follow.first-pause must be between PT0.001S and PT1H, not 'PT0S'",
        "trailcast.follow.longest-pause|PT2H|trailcast.follow.longest-pause must be between PT0.001S and PT1H, not 'PT2H'",
        "trailcast.follow.max-parked|0|trailcast.follow.max-parked must be from 1 to 10000, not '0'",
        "trailcast.outbox.relay-interval|PT0S|trailcast.outbox.relay-interval must be between PT0.1S and PT1H, not 'PT0S'",
        "trailcast.outbox.datasource|jdbc/nowhere|trailcast.outbox.datasource must be the JNDI name of the DataSource that your business code uses, not 'jdbc/nowhere'",
        "trailcast.stream.heartbeat|15|trailcast.stream.heartbeat must be an ISO-8601 duration, such as PT15S or P7D, not '15'",
        "trailcast.stream.heartbeat|PT0.5S|trailcast.stream.heartbeat must be at least PT1S, not 'PT0.5S'",
        "trailcast.stream.heartbeat|P1D|trailcast.stream.heartbeat must be a tenth of trailcast.journal.retention.age (PT168H) at most, not 'PT24H'",
        "trailcast.stream.readers.max|0|trailcast.stream.readers.max must be at least 1, not '0'",
        "trailcast.stream.readers.max|99999999999|trailcast.stream.readers.max must be a whole number up to 2147483647, not '99999999999'",
        "trailcast.stream.tail.entries|0|trailcast.stream.tail.entries must be at least 1, not '0'",
        "trailcast.security.clock-skew|PT1H|trailcast.security.clock-skew must be between PT0S and PT5M, not 'PT1H'",
        "trailcast.security.issuer|https://id.example|trailcast.security.keys must be set where the other of issuer and keys is: both, or neither, not ''",
        "trailcast.access.administer|anyone?type=a|trailcast.access.administer must be grants, separated by commas: anyone, authenticated, user:NAME, role:NAME or key:NAME, each perhaps with a filter behind it, as ?type=page.*&actor={user} (who administers sees all: no filter is possible), not 'anyone?type=a'",
        "trailcast.access.publish|everybody|trailcast.access.publish must be grants, separated by commas: anyone, authenticated, user:NAME, role:NAME or key:NAME, each perhaps with a filter behind it, as ?type=page.*&actor={user} ('everybody' is nobody), not 'everybody'",
        "trailcast.access.subscribe|role:a?typ=b|trailcast.access.subscribe must be grants, separated by commas: anyone, authenticated, user:NAME, role:NAME or key:NAME, each perhaps with a filter behind it, as ?type=page.*&actor={user} (typ is no parameter here; did you mean type?), not 'role:a?typ=b'",
        "trailcast.access.subscribe|key:web|trailcast.access.subscribe must be grants, separated by commas: anyone, authenticated, user:NAME, role:NAME or key:NAME, each perhaps with a filter behind it, as ?type=page.*&actor={user} (who has a write key can do no more than publish), not 'key:web'",
        "trailcast.access.publish|key:web?type=page.*, key:app|trailcast.access.publish names key:app, key:web, which is none of trailcast.segment.write-keys",
        "trailcast.segment.write-keys|web|trailcast.segment.write-keys must be pairs NAME:KEY, separated by commas, names of [A-Za-z0-9._~/-], keys of 16 characters at least, none of them twice, not 'what it is (a secret is not shown)'",
        "trailcast.stream.threads.stalled|x|trailcast.stream.threads.stalled must be a whole number up to 2147483647, not 'x'"
      })
  void nameTheKeyTheValueAndWhatIsAllowed(String key, String value, String message)
      throws IOException {
    Keys keys = keys(Map.of(key, value == null ? " " : value), Map.of());
    assertThatThrownBy(() -> new Settings(keys))
        .isInstanceOf(BadSettingException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trailcast.stream.hartbeat|trailcast.stream.hartbeat is no setting; did you mean trailcast.stream.heartbeat?",
        "trailcast.straem.heartbeat|trailcast.straem.heartbeat is no setting; did you mean trailcast.stream.heartbeat?",
        "trailcast.ingest.maxDepth|trailcast.ingest.maxDepth is no setting; did you mean trailcast.ingest.max-depth?",
        "%dev.trailcast.stream.hartbeat|%dev.trailcast.stream.hartbeat is no setting; did you mean trailcast.stream.heartbeat?",
        "trailcast.jurnal|trailcast.jurnal is no setting; did you mean trailcast.journal?",
        "trailcast.journal.direktory|trailcast.journal.direktory is no setting; did you mean trailcast.journal.directory?",
        "trailcast.kafka.topik|trailcast.kafka.topik is no setting; did you mean trailcast.kafka.topic?",
        "trailcast.ingest.room|trailcast.ingest.room is no setting; there are trailcast.ingest.ack-timeout, trailcast.ingest.body-timeout, trailcast.ingest.max-activity-bytes, trailcast.ingest.max-bodies-at-once, trailcast.ingest.max-body-activities, trailcast.ingest.max-body-bytes, trailcast.ingest.max-depth, trailcast.ingest.max-held-bytes, trailcast.ingest.max-lines-at-once, trailcast.ingest.max-transaction-bytes, trailcast.ingest.rate.activities, trailcast.ingest.rate.burst, trailcast.ingest.rate.bytes"
      })
  void refuseAKeyThatThereIsNot(String key, String message) throws IOException {
    Keys keys = keys(Map.of(key, "PT5S"), Map.of());
    assertThatThrownBy(() -> new Settings(keys))
        .isInstanceOf(BadSettingException.class)
        .hasMessage(message);
  }

  @Test
  void areReadFromTheEnvironmentToo() throws IOException {
    Keys keys = keys(Map.of(), Map.of("TRAILCAST_STREAM_HEARTBEAT", "soon"));
    assertThatThrownBy(() -> new Settings(keys))
        .hasMessageStartingWith("trailcast.stream.heartbeat must be")
        .hasMessageEndingWith("not 'soon'");
  }

  @Test
  void knowTheirVariablesAndProfilesAndLeaveOthersInPeace() throws IOException {
    Keys keys =
        keys(
            Map.of("%dev.trailcast.stream.retry", "PT9S", "trailcasts.url", "x", "other.key", "x"),
            Map.of("TRAILCAST_INGEST_MAX_DEPTH", "7", "trailcast_stream_gzip", "false"));
    new Settings(keys);
    assertThat(keys.doubts()).isEmpty();
  }

  @Test
  void onlyDoubtVariablesThatLookMisspelt() throws IOException {
    Keys keys =
        keys(
            Map.of(),
            Map.of(
                "TRAILCAST_STREAM_HEARTBEAT", "PT5S",
                "TRAILCAST_STRAEM_RETRY", "PT5S",
                "TRAILCAST_INGEST_LIMIT", "7",
                "TRAILCAST_HOME", "/opt/trailcast",
                "TRAILCAST_SERVICE_HOST", "10.0.0.1",
                "TRAILCAST_SERVICE_PORT", "9080",
                "TRAILCAST_PORT", "tcp://10.0.0.1:9080",
                "TRAILCAST_PORT_9080_TCP", "tcp://10.0.0.1:9080",
                "TRAILCAST_PORT_9080_TCP_ADDR", "10.0.0.1"));
    new Settings(keys);

    assertThat(keys.doubts()).hasSize(2);
    assertThat(keys.doubts().get(0))
        .startsWith(
            "TRAILCAST_INGEST_LIMIT is no setting; there are trailcast.ingest.ack-timeout,");
    assertThat(keys.doubts().get(1))
        .isEqualTo("TRAILCAST_STRAEM_RETRY is no setting; did you mean trailcast.stream.retry?");
  }

  @Test
  void refuseAKeyThatTheEnvironmentHasAsItIs() throws IOException {
    Keys keys = keys(Map.of(), Map.of("trailcast.stream.hartbeat", "PT5S"));
    assertThatThrownBy(() -> new Settings(keys)).isInstanceOf(BadSettingException.class);
  }

  @Test
  void giveWayToAnApplicationsOwnFile() throws IOException {
    assertThat(defaults()).containsEntry("config_ordinal", "0"); // one of an application has 100
  }

  @Test
  void passOnToKafkaWhatIsItsOwnAlsoFromTheEnvironment() throws IOException {
    Keys keys =
        keys(
            Map.of(
                "trailcast.journal", "kafka",
                "trailcast.kafka.bootstrap", "one:9092, [::1]:9093",
                "trailcast.kafka.client.security.protocol", "SASL_SSL",
                "trailcast.kafka.client.linger.ms", "3"),
            Map.of(
                "TRAILCAST_KAFKA_CLIENT_SASL_JAAS_CONFIG", " a secret; ",
                "TRAILCAST_KAFKA_CLIENT_SASL_JAS_CONFIG", "another",
                "TRAILCAST_KAFKA_CLIENT_HOME", "/opt/kafka",
                "TRAILCAST_KAFKA_CONTENT_MODE", "binary"));
    Settings settings = new Settings(keys);

    assertThat(settings.kafka().client())
        .isEqualTo(
            Map.of(
                "security.protocol", "SASL_SSL",
                "linger.ms", "3",
                "sasl.jaas.config", " a secret; "));
    assertThat(settings.kafka().bootstrap()).containsExactly("one:9092", "[::1]:9093");
    assertThat(settings.kafka().contentMode()).isEqualTo(ContentMode.BINARY);
    assertThat(keys.doubts())
        .containsExactly(
            "TRAILCAST_KAFKA_CLIENT_SASL_JAS_CONFIG is no setting;"
                + " did you mean trailcast.kafka.client.sasl.jaas.config?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sasl.jas.config|trailcast.kafka.client.sasl.jas.config is no setting; did you mean trailcast.kafka.client.sasl.jaas.config?",
        "password.of.mine|trailcast.kafka.client.password.of.mine is no setting; there is no password.of.mine",
        "linger.ms|trailcast.kafka.client.linger.ms must be what Kafka takes for it: LONG, [0,...]",
        "sasl.login.refresh.window.factor|trailcast.kafka.client.sasl.login.refresh.window.factor must be what Kafka takes for it: DOUBLE, [0.5,...,1.0]",
        "security.protocol|trailcast.kafka.client.security.protocol must be what Kafka takes for it: STRING, (case insensitive) [SASL_SSL, PLAINTEXT, SSL, SASL_PLAINTEXT]",
        "transactional.id|trailcast.kafka.client.transactional.id must be left to the journal: what is acknowledged must be durable, in one order, and once"
      })
  void neverShowWhatIsPassedOn(String name, String message) throws IOException {
    Keys keys =
        keys(
            Map.of(
                "trailcast.journal",
                "kafka",
                "trailcast.kafka.bootstrap",
                "one:9092",
                "trailcast.kafka.client." + name,
                "secret"),
            Map.of());
    assertThatThrownBy(() -> new Settings(keys))
        .isInstanceOf(BadSettingException.class)
        .hasMessage(message);
  }

  @Test
  void leaveKafkaInPeaceWhereItIsNotChosen() throws IOException {
    Keys keys =
        keys(
            Map.of("trailcast.kafka.client.nobody.knows", "x"),
            Map.of("TRAILCAST_KAFKA_CLIENT_SASL_JAS_CONFIG", "x"));
    new Settings(keys);
    assertThat(keys.doubts()).isEmpty();
  }

  @Test
  void sayWhatIsMissingWhereKafkaIsChosenButItsClientIsNotThere() throws Exception {
    try (URLClassLoader without = withoutKafka()) {
      assertThat(chosen("embedded", without)).isEqualTo("allowed");
      assertThat(chosen("kafka", without))
          .isEqualTo(
              "trailcast.journal=kafka needs the client of Kafka, which is not in this application:"
                  + " deploy Trailcast's WAR with the classifier kafka, or add"
                  + " org.apache.kafka:kafka-clients to your own");
    }
  }

  private static URLClassLoader withoutKafka() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String each : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!each.contains("kafka-clients")) {
        urls.add(Path.of(each).toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static Object chosen(String journal, ClassLoader loader) throws Exception {
    Class<?> choice = loader.loadClass(Choice.class.getName());
    Constructor<?> made = choice.getDeclaredConstructor();
    made.setAccessible(true);
    @SuppressWarnings("unchecked") // the interface is the platform's, of which there is but one
    UnaryOperator<String> message = (UnaryOperator<String>) made.newInstance();
    return message.apply(journal);
  }

  /** Made by a class loader of its own. */
  static final class Choice implements UnaryOperator<String> {
    @Override
    public String apply(String journal) {
      try {
        new Settings(keys(Map.of("trailcast.journal", journal), Map.of()));
        return "allowed";
      } catch (BadSettingException e) {
        return e.getMessage();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Keys keys(Map<String, String> values, Map<String, String> environment)
      throws IOException {
    Config config =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(defaults(), "defaults", 50),
                new PropertiesConfigSource(values, "set", 100),
                new EnvConfigSource(environment, 300))
            .build();
    return new Keys(config, environment.keySet());
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
