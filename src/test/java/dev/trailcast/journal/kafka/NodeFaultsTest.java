package dev.trailcast.journal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.it.KafkaBroker;
import dev.trailcast.journal.Extent.Location;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.StoreFile;
import dev.trailcast.journal.store.StoreKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may become of a node and its files, and how it ends. */
class NodeFaultsTest {
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

  private void produce(int count) {
    produce(IntStream.range(0, count).mapToObj(i -> "{\"type\":\"t\",\"id\":\"" + i + "\"}"));
  }

  private void produce(Stream<String> values) {
    try (Producer<byte[], byte[]> producer = broker.producer(Map.of("linger.ms", 5))) {
      values.forEach(value -> producer.send(record(value)));
    }
  }

  private ProducerRecord<byte[], byte[]> record(String value) {
    return new ProducerRecord<>(topic, 0, null, value.getBytes(UTF_8));
  }

  @Test
  void goesOnAfterItWasKilledWhileItCopied() throws Exception {
    int count = 20_000;
    produce(count);
    try (ChildNode child = ChildNode.start(broker, topic, directory.resolve("killed"))) {
      child.awaitCopying();
    }

    try (TestNode killed = node("killed").awaitReady();
        TestNode other = node("other").awaitReady()) {
      assertThat(killed.positions()).hasSize(count).isEqualTo(other.positions());
      assertThat(killed.record("a").get(0).position().offset()).isEqualTo(count + 1);
    }
  }

  @Test
  void goesOnAfterItWasStoppedForAWhile() throws Exception {
    try (TestNode other = node("other").awaitReady();
        ChildNode child = ChildNode.start(broker, topic, directory.resolve("stopped"))) {
      other.record("a");
      child.awaitHead(1);
      child.stop();
      long until = System.nanoTime() + 2 * Watch.PATIENCE.toNanos(); // longer than it may be silent
      long recorded = 1;
      while (System.nanoTime() - until < 0) {
        recorded = other.record("b").get(0).position().offset();
      }
      child.goOn();

      child.awaitHead(recorded);
    }
  }

  @Test
  void tellsWhoFollowsOfAGapWhereRetentionHasOvertakenItWhileItWasStopped() throws Exception {
    try (ChildNode child = ChildNode.start(broker, topic, directory.resolve("stopped"))) {
      produce(2);
      child.await(state -> state.told() == 2);
      child.stop();
      for (int i = 0; i < 10; i++) { // one by one: it has asked for the next before
        broker.append(record("{\"type\":\"lost\"}"));
      }
      broker.deleteRecordsBefore(topic, 12);
      for (int i = 0; i < 10; i++) {
        broker.append(record("{\"type\":\"kept\"}"));
      }
      child.goOn();

      ChildNode.State state = child.await(each -> each.told() + each.gone() == 22);
      assertThat(state.gap()).isEqualTo(Location.EXPIRED);
      assertThat(state.told()).as("two, perhaps the next, and what is kept").isBetween(12L, 13L);
    }
  }

  private static String ofAliceButEveryTenth(int number) {
    String actor = number % 10 == 9 ? "bob" : "alice";
    return "{\"type\":\"t\",\"id\":\"" + number + "\",\"actor\":\"" + actor + "\"}";
  }

  @Test
  void erasesAllThatIsToGoAndNothingElseThoughItWasKilledWhileItDid() throws Exception {
    assertErasesAfterItWasKilled(
        (child, count) -> child.await(state -> state.oldest() > 1),
        "SELECT min(offset) > 1 AND max(offset) = 30000 AND sum(actor = 'alice') > 0 FROM entry");
  }

  @Test
  void overwritesWhatWasErasedThoughItWasKilledWhileItDid() throws Exception {
    assertErasesAfterItWasKilled(
        (child, count) -> child.awaitHead(count + 1), "SELECT count(*) FROM erasure");
  }

  /** What a child is waited for. */
  private interface Moment {
    void await(ChildNode child, int count) throws IOException;
  }

  private void assertErasesAfterItWasKilled(Moment moment, String isWithin) throws Exception {
    int count = 30_000;
    produce(IntStream.range(0, count).mapToObj(NodeFaultsTest::ofAliceButEveryTenth));
    Path killed = directory.resolve("killed");
    try (TestNode other = node("other").awaitReady()) {
      try (ChildNode child = ChildNode.start(broker, topic, killed)) {
        child.await(state -> state.told() == count);
        other.journal.erase("alice");
        moment.await(child, count);
      }
      assertThat(StoreFile.query(killed, StoreKind.COPY, isWithin)).as("in the midst").isOne();
      try (TestNode again = node("killed").awaitReady()) {
        other.awaitHead(count + 1);
        assertThat(again.positions()).hasSize(count / 10 + 1).isEqualTo(other.positions());
        assertThat(again.entries()).noneMatch(entry -> "alice".equals(entry.activity().actor()));
        Await.until("it to be overwritten", () -> !TestNode.hasInFiles(killed, "alice"));
      }
    }
  }

  @Test
  void copiesAnewWhereItsDirectoryIsDeletedWhileItRuns() throws Exception {
    try (TestNode node = node("a").awaitReady()) {
      node.record("a", "b", "c");
      List<StreamPosition> before = node.positions();
      delete(directory.resolve("a"));
      node.awaitRefusal("can't be written");
      node.awaitReady();

      assertThat(node.positions()).isEqualTo(before);
      node.record("d");
      assertThat(node.types()).containsExactly("a", "b", "c", "d");
    }
    try (TestNode again = node("a")) {
      assertThat(again.types()).containsExactly("a", "b", "c", "d");
    }
  }

  @Test
  void copiesAnewWhereItsFileIsBrokenOrGoneWhenItStarts() throws Exception {
    List<StreamPosition> before;
    try (TestNode node = node("a").awaitReady()) {
      node.record("a", "b", "c");
      before = node.positions();
    }
    Path file = directory.resolve("a/copy.db");
    Files.write(file, new byte[(int) Files.size(file)]);
    try (TestNode node = node("a").awaitReady()) {
      assertThat(node.positions()).isEqualTo(before);
    }
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 8_192; i < bytes.length; i++) { // all but the first page
      bytes[i] = 0x55;
    }
    Files.write(file, bytes);
    try (TestNode node = node("a").awaitReady()) {
      assertThat(node.positions()).isEqualTo(before);
    }
    delete(directory.resolve("a"));
    try (TestNode node = node("a").awaitReady()) {
      assertThat(node.positions()).isEqualTo(before);
    }
  }

  /** Who copies comes to the newest pages alone, and to the oldest: only who reads finds it. */
  @Test
  void copiesAnewWhereSomebodyWhoReadsFindsItsFileBroken() throws Exception {
    produceLarge(10_000);
    try (TestNode node = node("a").awaitReady()) {
      List<StreamPosition> before = node.positions();
      overwriteMiddle(directory.resolve("a/copy.db"));
      Await.until(
          "somebody to find it broken",
          () -> {
            try {
              node.entries();
              return false;
            } catch (JournalUnavailableException e) {
              return true;
            }
          });
      node.awaitRefusal("malformed");
      node.awaitReady();

      assertThat(node.positions()).hasSize(10_000).isEqualTo(before);
      assertThat(node.record("next").get(0).position().offset()).isEqualTo(10_001);
    }
  }

  /** Larger than what is carried over from the log into the file at a time. */
  private void produceLarge(int count) {
    String value = "{\"type\":\"t\",\"data\":\"" + "x".repeat(2_000) + "\"}";
    produce(Stream.generate(() -> value).limit(count));
  }

  private static void overwriteMiddle(Path file) throws IOException {
    int page = 8_192;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long pages = channel.size() / page;
      byte[] garbage = new byte[(int) (pages / 4) * page];
      Arrays.fill(garbage, (byte) 0x55);
      channel.write(ByteBuffer.wrap(garbage), pages / 2 * page);
    }
  }

  /** The database of any other node would refuse the same. */
  @Test
  void skipsWhatItsDatabaseRefusesTellsWhoSentItAndGoesOn() throws Exception {
    node("a").awaitReady().close();
    StoreFile.execute(
        directory.resolve("a"),
        StoreKind.COPY,
        """
        CREATE TRIGGER strict BEFORE INSERT ON entry WHEN NEW.id = '7'
        BEGIN SELECT raise(ABORT, 'not that one'); END
        """);
    produce(20);
    try (TestNode node = node("a").awaitReady()) {
      Activity another = Activity.of("alice", "another").withId("7");
      CompletableFuture<List<Receipt>> refused =
          node.journal.append(List.of(EncodedActivity.of(another)));
      StreamPosition next = node.record("next").get(0).position();

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> refused.get(30, TimeUnit.SECONDS))
          .havingCause()
          .isInstanceOf(JournalUnavailableException.class)
          .withMessageContaining("the database refused it")
          .withMessageContaining("not that one");
      assertThat(next.offset()).isEqualTo(22);
      assertThat(node.ids()).hasSize(20).doesNotContain("7").contains("6", "8");
      assertThat(node.journal.copy().orElseThrow().refused()).isEqualTo(2);
      assertThat(node.journal.status().isReady()).isTrue();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<CompletableFuture<List<Receipt>>> appends(TestNode node, int count) {
    EncodedActivity activity = EncodedActivity.of(Activity.of("alice", "last"));
    return IntStream.range(0, count).mapToObj(i -> node.journal.append(List.of(activity))).toList();
  }

  @Test
  void recordsAndAnswersWhatIsQueuedWhenItIsClosed() throws Exception {
    List<CompletableFuture<List<Receipt>>> appends;
    try (TestNode node = node("a").awaitReady()) {
      appends = appends(node, 100);
    }
    assertThat(appends).allMatch(CompletableFuture::isDone);
    assertThat(appends).noneMatch(CompletableFuture::isCompletedExceptionally);
  }

  @Test
  void recordsAndAnswersWhatIsQueuedWhereItsThreadsAreInterruptedFirst() throws Exception {
    List<CompletableFuture<List<Receipt>>> appends;
    try (TestNode node = node("a").awaitReady()) {
      node.record("first"); // the client has connected
      appends = appends(node, 100);
      node.interrupt();
      for (CompletableFuture<List<Receipt>> append : appends) {
        append.get(30, TimeUnit.SECONDS);
      }
    }
    Await.until(() -> TestNode.threadsOfAll().isEmpty()); // Kafka's take a moment
  }

  @Test
  void endsItsThreadsThoughWhoClosesItIsInterrupted() throws Exception {
    TestNode node = node("a").awaitReady();
    node.record("a");
    Thread.currentThread().interrupt();
    node.close();

    assertThat(Thread.interrupted()).isTrue();
    Await.until(() -> TestNode.threadsOfAll().isEmpty());
  }

  @Test
  void leavesNoThreadHoweverOftenItIsOpenedAndClosed() throws Exception {
    for (int i = 0; i < 10; i++) {
      try (TestNode node = node("a").awaitReady()) {
        node.record("a");
      }
    }
    Await.until(() -> TestNode.threadsOfAll().isEmpty()); // Kafka's take a moment
  }
}
