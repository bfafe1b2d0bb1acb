package dev.trailcast.journal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.it.KafkaBroker;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.Extent.Location;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.Receipt.Outcome;
import dev.trailcast.journal.StreamPosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may become of a topic, and what others write into it. */
class TopicFaultsTest {
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

  private void createAnew() throws Exception {
    broker.deleteTopic(topic);
    Await.until(
        "the topic to be made anew",
        () -> {
          try {
            broker.createTopic(topic, Map.of());
            return true;
          } catch (Exception e) { // is not gone yet
            return false;
          }
        });
  }

  /** Of one type, so many. */
  private void produce(String type, int count) throws Exception {
    try (Producer<byte[], byte[]> producer = broker.producer(Map.of())) {
      for (int i = 0; i < count; i++) {
        producer.send(foreign("{\"type\":\"" + type + "\"}"));
      }
    }
  }

  private ProducerRecord<byte[], byte[]> foreign(String value) {
    return new ProducerRecord<>(topic, 0, null, value == null ? null : value.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void beginsAnewWithATopicThatWasMadeAnewHoweverLongItIs(int length) throws Exception {
    try (TestNode node = node("a").awaitReady()) {
      StreamPosition before = node.record("old", "old", "old").get(2).position();

      createAnew();
      produce("new", length);
      String epoch = Topic.epoch(broker.topicId(topic));
      node.awaitHead(new StreamPosition(epoch, length));
      node.awaitReady();

      assertThat(node.positions())
          .isEqualTo(
              IntStream.rangeClosed(1, length)
                  .mapToObj(offset -> new StreamPosition(epoch, offset))
                  .toList());
      assertThat(node.types()).containsOnly("new");
      assertThat(node.locate(before)).isEqualTo(Location.UNKNOWN);
      assertThat(node.record("next").get(0).position())
          .isEqualTo(new StreamPosition(epoch, length + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void beginsAnewWithATopicThatWasMadeAnewWhileItWasDown(int length) throws Exception {
    StreamPosition before;
    try (TestNode node = node("a").awaitReady()) {
      before = node.record("old", "old", "old").get(2).position();
    }
    createAnew();
    produce("new", length);

    try (TestNode node = node("a").awaitReady()) {
      assertThat(node.types()).hasSize(length).containsOnly("new");
      assertThat(node.locate(before)).isEqualTo(Location.UNKNOWN);
    }
  }

  @Test
  void saysThatTheRestHasExpiredWhereRetentionHasOvertakenIt() throws Exception {
    StreamPosition before;
    try (TestNode node = node("a").awaitReady()) {
      before = node.record("a", "b").get(1).position();
    }
    produce("lost", 10);
    produce("kept", 10);
    broker.deleteRecordsBefore(topic, 12);

    try (TestNode node = node("a").awaitReady()) {
      assertThat(node.locate(before)).isEqualTo(Location.EXPIRED);
      assertThat(node.types()).doesNotContain("lost");
      assertThat(node.head()).isEqualTo(22);
      assertThat(node.record("next").get(0).position().offset()).isEqualTo(23);
      assertThat(node.types()).endsWith("next");
    }
  }

  @Test
  void showsAllThatTheTopicStillHas() throws Exception {
    produce("lost", 10);
    produce("shown", 3);
    broker.deleteRecordsBefore(topic, 10);

    try (TestNode node = node("a").awaitReady()) {
      assertThat(node.types()).containsExactly("shown", "shown", "shown");
      StreamPosition beginning = new StreamPosition(Topic.epoch(broker.topicId(topic)), 10);
      assertThat(node.locate(beginning)).isEqualTo(Location.HERE);
      assertThat(node.locate(beginning.at(9))).isEqualTo(Location.EXPIRED);
    }
  }

  @Test
  void findsWhatIsRepeatedOfWhatIsNotKeptHere() throws Exception {
    broker.append(foreign("{\"type\":\"first\",\"id\":\"one\",\"source\":\"/\"}"));
    produce("between", 10);
    broker.append(foreign("{\"type\":\"first\",\"id\":\"one\",\"source\":\"/\"}"));
    broker.append(foreign("{\"type\":\"last\"}"));

    try (TestNode node = new TestNode(broker, topic, directory.resolve("a"), 3).awaitReady()) {
      assertThat(node.types()).containsExactly("between", "last");
    }
  }

  @Test
  void isNotReadyBeforeItHasCaughtUpAndThenHasWhatTheOthersHave() throws Exception {
    int count = 30_000;
    try (TestNode first = node("first").awaitReady()) {
      try (Producer<byte[], byte[]> producer =
          broker.producer(Map.of("linger.ms", 5, "batch.size", 65_536))) {
        for (int i = 0; i < count; i++) { // each fifth repeats one of those before
          int id = i % 5 == 4 ? i - 1 - i % 700 : i;
          producer.send(foreign("{\"type\":\"t\",\"id\":\"" + id + "\"}"));
        }
      }
      first.awaitHead(count);
      try (TestNode second = node("second")) {
        Await.until(
            () -> {
              boolean ready = second.journal.status().isReady();
              assertThat(ready && second.head() < count).isFalse();
              return ready;
            });
        assertThat(second.positions()).hasSizeLessThan(count).isEqualTo(first.positions());
        assertThat(second.ids()).doesNotHaveDuplicates().isEqualTo(first.ids());
      }
    }
  }

  @Test
  void saysWhatIsUnfitAboutTheTopicAndGoesOnOnceItIsFit() throws Exception {
    broker.deleteTopic(topic);
    try (TestNode node = node("a");
        Admin admin = broker.admin()) {
      node.awaitRefusal("there is no topic " + topic);
      Await.until(
          "two partitions",
          () -> {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
            return true;
          });
      node.awaitRefusal("has 2 partitions");
      admin.deleteTopics(List.of(topic)).all().get();
      node.awaitRefusal("there is no topic " + topic);
      broker.createTopic(
          topic, Map.of("cleanup.policy", "compact", "message.timestamp.type", "CreateTime"));
      node.awaitRefusal("needs cleanup.policy=delete");
      set(admin, "cleanup.policy", "delete");
      node.awaitRefusal("needs message.timestamp.type=LogAppendTime");
      set(admin, "message.timestamp.type", "LogAppendTime");
      node.awaitReady();

      node.record("a");
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2))).all().get();
      node.awaitRefusal("has 2 partitions");
      assertThatExceptionOfType(JournalUnavailableException.class)
          .isThrownBy(() -> node.record("b"))
          .withMessageContaining("has 2 partitions");
      assertThat(node.types()).containsExactly("a");
    }
  }

  private void set(Admin admin, String name, String value) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), OpType.SET);
    admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
  }

  @Test
  void makesTheTopicWhereItIsToldTo() throws Exception {
    String missing = "made-" + UUID.randomUUID();
    try (TestNode node =
        new TestNode(broker.bootstrapServers(), missing, directory, TestNode.MUCH, true)
            .awaitReady()) {
      assertThat(node.record("a").get(0).position())
          .isEqualTo(new StreamPosition(Topic.epoch(broker.topicId(missing)), 1));
    }
  }

  @Test
  void passesOverWhatIsNoActivityAndWhatWasTakenBack() throws Exception {
    try (TestNode node = node("a").awaitReady();
        Producer<byte[], byte[]> producer =
            broker.producer(Map.of("transactional.id", "t-" + topic))) {
      node.record("a"); // at 1
      broker.append(foreign(null));
      broker.append(foreign("\u0000garbage"));
      broker.append(foreign("[".repeat(100_000)));
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(foreign("{\"type\":\"taken.back\"}")).get();
      producer.abortTransaction(); // a marker
      producer.beginTransaction();
      producer.send(foreign("{\"type\":\"b\",\"id\":\"b\"}"));
      producer.commitTransaction(); // a marker

      node.record("c");
      assertThat(node.types()).containsExactly("a", "b", "c");
      assertThat(node.positions().get(1).offset()).isEqualTo(7);
      assertThat(node.journal.copy().orElseThrow().invalid()).isEqualTo(3);
    }
    try (TestNode later = node("b").awaitReady()) {
      assertThat(later.types()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void isReadyAlsoWhileSomebodysTransactionIsOpen() throws Exception {
    try (Producer<byte[], byte[]> producer =
        broker.producer(Map.of("transactional.id", "t-" + topic))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(foreign("{\"type\":\"held\"}")).get();
      try (TestNode node = node("a").awaitReady()) {
        var held = node.journal.append(List.of(EncodedActivity.of(Activity.of("alice", "a"))));
        assertThat(held).isNotDone();
        producer.commitTransaction();

        held.get(30, TimeUnit.SECONDS);
        assertThat(node.types()).containsExactly("held", "a");
      }
    }
  }

  @Test
  void takesWhatWasWrittenForAnotherTopicAsSomebodyElses() throws Exception {
    Origin elsewhere = new Origin("0k3f9topic000", "node-a", 7);
    RecordWriter writer = new RecordWriter(topic, ContentMode.STRUCTURED);
    try (TestNode node = node("a").awaitReady()) {
      for (String type : List.of("a", "b")) {
        broker.append(writer.write(EncodedActivity.of(Activity.of("alice", type)), elsewhere));
      }
      Erasure erasure = Erasure.of("alice", new StreamPosition("0k3f9topic000", 100));
      broker.append(writer.write(EncodedActivity.of(erasure.toActivity()), elsewhere));
      node.record("c");

      assertThat(node.types()).containsExactly("a", "b", "c");
      assertThat(node.journal.copy().orElseThrow().invalid()).isOne();
    }
  }

  @Test
  void doesNotTakeAnErasureFromSomebodyElse() throws Exception {
    try (TestNode node = node("a").awaitReady()) {
      StreamPosition upTo = node.record("a").get(0).position();
      byte[] forged = EncodedActivity.of(Erasure.of("alice", upTo).toActivity()).json();
      broker.append(new ProducerRecord<>(topic, 0, null, forged));
      node.record("b");

      assertThat(node.types()).containsExactly("a", "b");
    }
  }

  @Test
  void erasesAlsoOnANodeThatWasDownAndWhatWasInFlightFromAnother() throws Exception {
    Path down = directory.resolve("down");
    try (TestNode node = node("down").awaitReady()) {
      node.record("a");
    }
    try (TestNode a = node("a").awaitReady();
        TestNode b = node("b").awaitReady()) {
      List<Receipt> recorded = b.record("b"); // may not be on the other one yet
      a.journal.erase("alice").get(30, TimeUnit.SECONDS);
      b.awaitHead(a.head());

      assertThat(recorded.get(0).outcome()).isEqualTo(Outcome.RECORDED);
      assertThat(a.types()).containsExactly(Activity.ERASED);
      assertThat(b.types()).containsExactly(Activity.ERASED);
      try (TestNode again = node("down").awaitReady()) {
        assertThat(again.types()).containsExactly(Activity.ERASED);
        Await.until("it to be overwritten", () -> !TestNode.hasInFiles(down, "alice"));
      }
    }
  }

  @Test
  void knowsThatAPositionOfAnotherNodeMayStillCome() throws Exception {
    try (TestNode node = node("a").awaitReady()) {
      StreamPosition next = new StreamPosition(node.record("a").get(0).position().epoch(), 2);
      assertThat(node.locate(next)).isEqualTo(Location.AHEAD);
      assertThat(node.reader().extent().mayComeTo(next)).isTrue();

      produce("b", 1);
      node.awaitHead(2);
      assertThat(node.locate(next)).isEqualTo(Location.HERE);
    }
  }

  @Test
  void refusesOneThatIsTooLargeAndNobodyElse() throws Exception {
    try (TestNode node = node("a").awaitReady()) {
      Activity large = Activity.of("alice", "large").withData("x".repeat(2_000_000));
      List<Activity> all = new ArrayList<>();
      var refused = node.journal.append(List.of(EncodedActivity.of(large)));
      for (int i = 0; i < 100; i++) {
        all.add(Activity.of("alice", "small"));
      }
      assertThat(node.record(all.toArray(new Activity[0]))).hasSize(100);
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> refused.get(30, TimeUnit.SECONDS))
          .withCauseInstanceOf(JournalUnavailableException.class);
    }
  }
}
