package dev.trailcast.journal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class ClientPropertiesTest {
  private static final KafkaSettings SETTINGS =
      new KafkaSettings(
          List.of("one:9092", "two:9092"),
          "trail",
          false,
          ContentMode.STRUCTURED,
          1_000_000,
          Map.of("security.protocol", "SSL", "batch.size", "1000", "fetch.min.bytes", "7"));

  private final ProducerConfig producer =
      new ProducerConfig(ClientProperties.producer(SETTINGS, "a"));
  private final ConsumerConfig consumer =
      new ConsumerConfig(ClientProperties.consumer(SETTINGS, "b"));
  private final AdminClientConfig admin =
      new AdminClientConfig(ClientProperties.admin(SETTINGS, "c"));

  @Test
  void tellEachClientWhatItKnowsAndNothingElse() {
    for (var each : List.of(producer, consumer, admin)) {
      assertThat(each.getString("security.protocol")).isEqualTo("SSL");
      assertThat(each.getList("bootstrap.servers")).containsExactly("one:9092", "two:9092");
      assertThat(each.originals().keySet()).isSubsetOf(each.values().keySet());
    }
    assertThat(producer.getInt("batch.size")).isEqualTo(1_000);
    assertThat(consumer.getInt("fetch.min.bytes")).isEqualTo(7);
    assertThat(producer.getString("client.id")).isEqualTo("a");
    assertThat(consumer.getString("client.id")).isEqualTo("b");
    assertThat(admin.getString("client.id")).isEqualTo("c");
  }

  @Test
  void keepWhatTheJournalPromises() {
    assertThat(producer.getString("acks")).isEqualTo("-1"); // all
    assertThat(producer.getBoolean("enable.idempotence")).isTrue();
    assertThat(producer.getLong("max.block.ms")).isEqualTo(1_000);
    assertThat(producer.getInt("delivery.timeout.ms")).isEqualTo(10_000);
    assertThat(consumer.getString("isolation.level")).isEqualTo("read_committed");
    assertThat(consumer.getString("auto.offset.reset")).isEqualTo("none");
    assertThat(consumer.getBoolean("enable.auto.commit")).isFalse();
    assertThat(consumer.getString("group.id")).isNull();
  }

  @Test
  void areRefusedByNameWhereverTheJournalDecides() {
    Set<String> open = Set.of("linger.ms", "batch.size", "max.poll.records");
    for (var each : List.of(producer, consumer, admin)) {
      Set<String> decided = new TreeSet<>(each.originals().keySet());
      decided.removeAll(SETTINGS.client().keySet());
      decided.removeAll(open);
      assertThat(Decided.REASONS).containsKeys(decided.toArray(String[]::new));
    }
    assertThat(ClientProperties.names()).containsAll(Decided.REASONS.keySet());
  }
}
