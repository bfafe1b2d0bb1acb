package dev.trailcast.journal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.it.KafkaBroker;
import dev.trailcast.journal.Extent.Location;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.StreamPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may become of the broker: one of its own is paused, killed and cut short. */
class BrokerFaultsTest {
  private static final String SILENT = "Kafka does not answer";

  private static KafkaBroker broker;

  @TempDir Path directory;

  private final String topic = "trail-" + UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    broker = KafkaBroker.start();
  }

  @AfterAll
  static void end() {
    broker.close();
  }

  @BeforeEach
  void create() throws Exception {
    broker.createTopic(topic, Map.of());
  }

  private TestNode node(String name) {
    return new TestNode(broker, topic, directory.resolve(name));
  }

  private static EncodedActivity activity(String id) {
    return EncodedActivity.of(Activity.of("alice", "test.done").withId(id));
  }

  /** By the door: Kafka's client would say so only after 10 s. */
  private static void assertRefused(CompletableFuture<List<Receipt>> append) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> append.get(Await.LIMIT_SECONDS, TimeUnit.SECONDS))
        .havingCause()
        .isInstanceOf(JournalUnavailableException.class)
        .withMessageContaining(SILENT);
  }

  @Test
  void refusesWhileTheBrokerIsSilentReadsOnAndGoesOnByItself() throws Exception {
    try (TestNode node = node("a").awaitReady()) {
      node.journal.append(List.of(activity("before"))).get(30, TimeUnit.SECONDS);
      broker.pause();
      try {
        assertRefused(node.journal.append(List.of(activity("under way"))));
        assertThat(node.awaitRefusal(SILENT)).contains(broker.bootstrapServers());
        assertThatExceptionOfType(JournalUnavailableException.class)
            .isThrownBy(() -> node.journal.append(List.of(activity("new"))))
            .withMessageContaining(SILENT);
        assertThat(node.ids()).containsExactly("before");
      } finally {
        broker.goOn();
      }
      node.awaitReady();

      node.journal
          .append(List.of(activity("under way"), activity("new"), activity("before")))
          .get(30, TimeUnit.SECONDS);
      assertThat(node.ids()).containsExactly("before", "under way", "new");
    }
  }

  @Test
  void endsSoonWhileTheBrokerIsSilentAndLeavesNoThread() throws Exception {
    TestNode node = node("a").awaitReady();
    try {
      node.record("a");
      broker.pause();
      CompletableFuture<List<Receipt>> append = node.journal.append(List.of(activity("lost")));
      node.close();

      assertThat(append).isCompletedExceptionally();
      Await.until(() -> TestNode.threadsOfAll().isEmpty()); // Kafka's take a moment
    } finally {
      broker.goOn();
      node.close();
    }
  }

  /** Several publishers on two nodes, who try what was refused again with the same id. */
  @Test
  void losesNothingAndDoublesNothingWhereTheBrokerIsKilledUnderLoad() throws Exception {
    int publishers = 4;
    Map<String, StreamPosition> acknowledged = new ConcurrentHashMap<>();
    ExecutorService executor = Executors.newFixedThreadPool(publishers);
    try (TestNode a = node("a").awaitReady();
        TestNode b = node("b").awaitReady()) {
      List<Future<?>> all =
          IntStream.range(0, publishers)
              .<Future<?>>mapToObj(
                  publisher ->
                      executor.submit(
                          () -> publish(publisher % 2 == 0 ? a : b, publisher, acknowledged)))
              .toList();
      for (int kill = 0; kill < 2; kill++) {
        int before = acknowledged.size();
        Await.until(() -> acknowledged.size() > before + 100);
        broker.kill();
        broker.restart();
      }
      int before = acknowledged.size();
      Await.until(() -> acknowledged.size() > before + 100);
      executor.shutdownNow();
      for (Future<?> each : all) {
        each.get(30, TimeUnit.SECONDS);
      }
      StreamPosition last = a.awaitReady().record("last").get(0).position();
      b.awaitHead(last.offset());

      assertThat(b.positions()).isEqualTo(a.positions());
      assertThat(b.ids()).isEqualTo(a.ids()).doesNotHaveDuplicates();
      Map<String, StreamPosition> kept =
          a.entries().stream()
              .collect(Collectors.toMap(e -> e.activity().id(), JournalEntry::position));
      assertThat(kept).containsAllEntriesOf(acknowledged);
    } finally {
      executor.shutdownNow();
    }
  }

  private static void publish(
      TestNode node, int publisher, Map<String, StreamPosition> acknowledged) {
    for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
      String id = publisher + "-" + i;
      while (!acknowledged.containsKey(id)) {
        try {
          List<Receipt> receipts = node.journal.append(List.of(activity(id))).join();
          acknowledged.put(id, receipts.get(0).position());
        } catch (JournalException | CompletionException e) {
          Await.until(
              () -> node.journal.status().isReady() || Thread.currentThread().isInterrupted());
          if (Thread.currentThread().isInterrupted()) {
            return;
          }
        }
      }
    }
  }

  @Test
  void saysThatWhatWasCutOffIsUnknownAndHasTheRestAndWhatCameAfter() throws Exception {
    StreamPosition lost;
    StreamPosition kept;
    append("a", "b", "c", "d", "e");
    try (TestNode down = node("down").awaitReady()) {
      lost = down.positions().get(4);
      kept = down.positions().get(1);
    }
    try (TestNode up = node("up").awaitReady()) {
      assertThat(up.locate(lost)).isEqualTo(Location.HERE);

      broker.truncate(topic, 3);
      append("D", "E", "F");
      Await.until(() -> up.head() == 6);
      up.awaitReady();
      assertCutOff(up, kept, lost);
      try (TestNode again = node("down").awaitReady()) {
        assertCutOff(again, kept, lost);
      }
    }
  }

  @Test
  void goesOnWithTheCopyOfATopicThatWasEmpty() throws Exception {
    Path file = directory.resolve("a/copy.db");
    node("a").awaitReady().close();
    Object before = fileKey(file);
    append("a");
    broker.stop();
    broker.restart(); // its era is another one by now

    try (TestNode node = node("a").awaitReady()) {
      assertThat(node.types()).containsExactly("a");
      assertThat(fileKey(file)).isEqualTo(before);
    }
  }

  private static Object fileKey(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static void assertCutOff(TestNode node, StreamPosition kept, StreamPosition lost) {
    assertThat(node.types()).containsExactly("a", "b", "c", "D", "E", "F");
    assertThat(node.locate(lost)).isEqualTo(Location.UNKNOWN);
    assertThat(node.locate(kept)).isEqualTo(Location.HERE);
  }

  private void append(String... types) throws Exception {
    for (String type : types) {
      byte[] value = ("{\"type\":\"" + type + "\"}").getBytes(UTF_8);
      broker.append(new ProducerRecord<>(topic, 0, null, value));
    }
  }
}
