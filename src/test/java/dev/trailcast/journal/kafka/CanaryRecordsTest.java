package dev.trailcast.journal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.it.KafkaBroker;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.StreamPosition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Canaries in a topic that several nodes send theirs into. */
class CanaryRecordsTest {
  @TempDir Path directory;

  private final KafkaBroker broker = KafkaBroker.shared();
  private final String topic = "canaries-" + UUID.randomUUID();

  @BeforeEach
  void create() throws Exception {
    broker.createTopic(topic, Map.of());
  }

  @Test
  void areKeptByNoNodeAndAnnouncedByTheOneThatHasSentThem() throws Exception {
    Activity canary = Activity.of(null, Activity.CANARY);
    try (TestNode a = node("a", TestNode.MUCH).awaitReady();
        TestNode b = node("b", TestNode.MUCH).awaitReady()) {
      StreamPosition first = a.record("first").get(0).position();
      Receipt receipt = a.record(canary).get(0);
      StreamPosition last = b.record("last").get(0).position();
      a.awaitHead(last);
      b.awaitHead(last);

      assertThat(receipt.position().offset()).isEqualTo(first.offset() + 1);
      assertThat(a.types()).containsExactly("first", "last");
      assertThat(b.positions()).isEqualTo(a.positions());
      assertThat(announced(a)).containsExactly("first", Activity.CANARY, "last");
      assertThat(announced(b)).containsExactly("first", "last");
      try (TestNode late = node("late", TestNode.MUCH).awaitReady()) {
        assertThat(late.positions()).isEqualTo(a.positions());
      }
    }
  }

  @Test
  void repeatNothingAndAreNoRepeats() throws Exception {
    Activity canary = Activity.of(null, Activity.CANARY);
    try (TestNode node = node("a", TestNode.MUCH).awaitReady()) {
      List<Receipt> receipts = node.record(canary, canary);

      assertThat(receipts).extracting(Receipt::outcome).containsOnly(Receipt.Outcome.RECORDED);
      assertThat(receipts.get(1).position().offset())
          .isEqualTo(receipts.get(0).position().offset() + 1);
      assertThat(node.entries()).isEmpty();
    }
  }

  @Test
  void costNobodyAnEntryWhereRetentionCounts() throws Exception {
    try (TestNode node = node("a", 3).awaitReady()) {
      node.record("1", "2", "3");
      for (int i = 0; i < 20; i++) {
        node.record(Activity.of(null, Activity.CANARY));
      }

      assertThat(node.types()).containsExactly("1", "2", "3");
    }
  }

  @Test
  void areNoActivitiesWhereSomebodyElseSendsThem() throws Exception {
    try (TestNode node = node("a", TestNode.MUCH).awaitReady();
        Producer<byte[], byte[]> others = broker.producer(Map.of())) {
      byte[] forged = "{\"type\":\"trailcast.canary\"}".getBytes(StandardCharsets.UTF_8);
      others.send(new ProducerRecord<>(topic, 0, null, forged)).get();
      node.record("after");

      assertThat(node.types()).containsExactly("after");
      assertThat(announced(node)).containsExactly("after");
      assertThat(node.journal.copy().orElseThrow().invalid()).isOne();
    }
  }

  private TestNode node(String name, long count) {
    return new TestNode(broker, topic, directory.resolve(name), count);
  }

  private static List<String> announced(TestNode node) {
    return node.announced.stream()
        .map(JournalPage::entries)
        .flatMap(List::stream)
        .map(JournalEntry::activity)
        .map(Activity::type)
        .toList();
  }
}
