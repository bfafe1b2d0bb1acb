package dev.trailcast.journal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.it.KafkaBroker;
import dev.trailcast.journal.Erased;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.Receipt.Outcome;
import dev.trailcast.journal.StreamPosition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaJournalTest {
  @TempDir Path directory;

  private final KafkaBroker broker = KafkaBroker.shared();
  private final String topic = "trail-" + UUID.randomUUID();

  @BeforeEach
  void create() throws Exception {
    broker.createTopic(topic, Map.of());
  }

  private TestNode node(String name) {
    return new TestNode(broker, topic, directory.resolve(name));
  }

  @Test
  void answersWithThePlaceInTheTopicOnceItIsBack() throws Exception {
    try (TestNode node = node("a").awaitReady()) {
      List<Receipt> receipts = node.record("a", "b", "c");

      assertThat(receipts).extracting(Receipt::outcome).containsOnly(Outcome.RECORDED);
      assertThat(receipts)
          .extracting(receipt -> receipt.position().offset())
          .containsExactly(1L, 2L, 3L);
      assertThat(receipts.get(0).position().epoch()).isEqualTo(Topic.epoch(broker.topicId(topic)));
      assertThat(node.types()).containsExactly("a", "b", "c");
      assertThat(node.announced.stream().map(JournalPage::entries).flatMap(List::stream))
          .extracting(entry -> entry.activity().type())
          .containsExactly("a", "b", "c");
    }
  }

  @Test
  void findsWhatIsRepeatedAndWhatOnlyHasItsId() throws Exception {
    try (TestNode node = node("a").awaitReady()) {
      Activity first = Activity.of("alice", "a").withId("one");
      node.record(first);
      node.record("b");

      assertThat(node.record(first))
          .containsExactly(new Receipt(node.entries().get(0).position(), Outcome.DUPLICATE));
      assertThat(node.record(Activity.of("bob", "a").withId("one")))
          .containsExactly(new Receipt(node.entries().get(0).position(), Outcome.CONFLICT));
      assertThat(node.types()).containsExactly("a", "b");
      assertThat(node.head()).isEqualTo(4);
    }
  }

  @Test
  void givesTheSamePositionsOnEveryNode() throws Exception {
    try (TestNode a = node("a").awaitReady();
        TestNode b = node("b").awaitReady()) {
      a.record("a");
      b.record("b");
      a.record("c");
      b.awaitHead(3);

      assertThat(positions(b)).isEqualTo(positions(a));
      assertThat(b.types()).containsExactly("a", "b", "c").isEqualTo(a.types());
    }
  }

  @Test
  void goesOnWhereItWasAfterARestart() throws Exception {
    List<StreamPosition> before;
    try (TestNode node = node("a").awaitReady()) {
      node.record("a", "b");
      before = positions(node);
    }
    try (TestNode node = node("a")) {
      assertThat(positions(node)).as("before Kafka is asked").isEqualTo(before);
      node.awaitReady();
      node.record("c");
      assertThat(node.types()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void erasesOnEveryNodeAndTellsOfIt() throws Exception {
    try (TestNode a = node("a").awaitReady();
        TestNode b = node("b").awaitReady()) {
      a.record(Activity.of("alice", "a"), Activity.of("bob", "b"), Activity.of("alice", "c"));

      Erased erased = b.journal.erase("alice").get(30, TimeUnit.SECONDS);

      assertThat(erased.count()).isEqualTo(2);
      assertThat(b.types()).containsExactly("b", Activity.ERASED);
      a.awaitHead(erased.position().offset());
      assertThat(a.types()).containsExactly("b", Activity.ERASED);
      try (TestNode c = node("c").awaitReady()) {
        assertThat(c.types()).as("one that comes later").containsExactly("b", Activity.ERASED);
      }
    }
  }

  private static List<StreamPosition> positions(TestNode node) {
    return node.entries().stream().map(JournalEntry::position).toList();
  }
}
