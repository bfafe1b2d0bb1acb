package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaBrokerTest {
  private static KafkaBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = KafkaBroker.start();
  }

  @AfterAll
  static void end() {
    broker.close();
  }

  @Test
  void keepsWhatItHasRecordedWhenItIsKilled() throws Exception {
    broker.createTopic("kept", Map.of());
    append("kept", "a", "b");

    broker.kill();
    broker.restart();

    append("kept", "c");
    assertThat(values("kept")).containsExactly("a", "b", "c");
    assertThat(broker.records("kept"))
        .allMatch(record -> record.timestampType() == TimestampType.LOG_APPEND_TIME);
  }

  @Test
  void losesWhatIsTruncatedSoThatReadersBehindItAreTold() throws Exception {
    broker.createTopic("cut", Map.of());
    append("cut", "a", "b", "lost", "lost");
    int epoch = lastEpoch("cut");

    broker.truncate("cut", 2);
    append("cut", "c", "d", "e");

    assertThat(values("cut")).containsExactly("a", "b", "c", "d", "e");
    assertThat(lastEpoch("cut")).isGreaterThan(epoch);
    TopicPartition partition = KafkaBroker.partition("cut");
    try (Consumer<byte[], byte[]> consumer = broker.consumer(Map.of())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, new OffsetAndMetadata(4, Optional.of(epoch), ""));
      assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(10)))
          .isInstanceOfSatisfying(
              LogTruncationException.class,
              e -> assertThat(e.divergentOffsets().get(partition).offset()).isEqualTo(2));
    }
  }

  @Test
  void beginsWhereItsRetentionHasGotTo() throws Exception {
    broker.createTopic("expired", Map.of());
    append("expired", "a", "b", "c");

    broker.deleteRecordsBefore("expired", 2);

    assertThat(values("expired")).containsExactly("c");
  }

  @Test
  void knowsATopicThatWasMadeAnewAsAnother() throws Exception {
    broker.createTopic("anew", Map.of());
    Uuid first = broker.topicId("anew");

    broker.deleteTopic("anew");
    broker.createTopic("anew", Map.of());

    assertThat(broker.topicId("anew")).isNotEqualTo(first);
    assertThat(broker.records("anew")).isEmpty();
  }

  @Test
  void answersNobodyWhileItIsPaused() throws Exception {
    broker.createTopic("paused", Map.of());
    Map<String, Integer> impatient =
        Map.of(
            "max.block.ms",
            500,
            "linger.ms",
            0,
            "request.timeout.ms",
            500,
            "delivery.timeout.ms",
            500);
    try (Producer<byte[], byte[]> producer = broker.producer(impatient)) {
      broker.pause();
      assertThatThrownBy(() -> producer.send(record("paused", "a")).get())
          .hasRootCauseInstanceOf(TimeoutException.class);
    } finally {
      broker.goOn();
    }
    append("paused", "b");
    assertThat(values("paused")).endsWith("b");
  }

  @Test
  void isAnApacheKafkaToProgramsOfOthers() throws Exception {
    Kcat kcat = new Kcat(broker);
    broker.createTopic("foreign", Map.of());
    append("foreign", "ours");
    kcat.produce("foreign", Map.of("ce_type", "page.viewed"), "theirs");

    assertThat(values("foreign")).containsExactly("ours", "theirs");
    assertThat(broker.records("foreign").get(1).headers().lastHeader("ce_type").value())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("page.viewed");
    assertThat(kcat.consume("foreign"))
        .extracting(each -> each.getString("payload"))
        .containsExactly("ours", "theirs");
  }

  private static void append(String topic, String... values) throws Exception {
    for (String each : values) {
      broker.append(record(topic, each));
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String value) {
    return new ProducerRecord<>(topic, value.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> values(String topic) {
    return broker.records(topic).stream()
        .map(each -> new String(each.value(), StandardCharsets.UTF_8))
        .toList();
  }

  private static int lastEpoch(String topic) {
    return broker.records(topic).stream()
        .reduce((first, last) -> last)
        .orElseThrow()
        .leaderEpoch()
        .orElseThrow();
  }
}
