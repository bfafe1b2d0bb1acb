package dev.trailcast.it;

import dev.trailcast.Await;
import dev.trailcast.cluster.KafkaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A real Apache Kafka of one broker, with topics of one partition. All tests of a JVM can have the
 * {@link #shared} one, each with a topic of its own; who stops or breaks one starts another. For
 * one thread at a time, but for what makes clients.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path KAFKA = Path.of("target/kafka"); // where the build brings its jars

  /**
   * Its clients tell all their settings, and each time that they don't reach it. Held, for else the
   * level would be forgotten.
   */
  private static final Logger CLIENTS = Logger.getLogger("org.apache.kafka");

  static {
    CLIENTS.setLevel(Level.SEVERE);
  }

  private final Path directory;
  private final KafkaProcess process;
  private Producer<byte[], byte[]> producer;

  private KafkaBroker(int port, int controllerPort) throws IOException {
    directory =
        Files.createTempDirectory(Files.createDirectories(KAFKA.resolve("brokers")), "broker");
    process = new KafkaProcess(KAFKA.resolve("lib"), directory, port, controllerPort);
  }

  private static final class Shared {
    static final KafkaBroker BROKER = startForAll();

    private static KafkaBroker startForAll() {
      try {
        KafkaBroker broker = start();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "kafka-broker-end"));
        return broker;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted while Kafka was started", e);
      }
    }
  }

  /** The one of this JVM, which the first to ask waits for. Nobody stops it. */
  public static KafkaBroker shared() {
    return Shared.BROKER;
  }

  /** Starts one of the caller's own at ports that are free, and waits until it takes requests. */
  public static KafkaBroker start() throws IOException, InterruptedException {
    return start(freePort(), freePort());
  }

  /** Likewise at these ports: its clients', and its own. */
  public static KafkaBroker start(int port, int controllerPort)
      throws IOException, InterruptedException {
    KafkaBroker broker = new KafkaBroker(port, controllerPort);
    broker.restart();
    return broker;
  }

  /**
   * Below those that the system gives to connections: while the broker is away, a client that wants
   * to connect to it might be given its port.
   */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // taken
      }
    }
  }

  /** What clients have to know: {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return process.bootstrapServers();
  }

  /** Starts it again, on what it has recorded, once it was stopped or killed. */
  public void restart() throws IOException, InterruptedException {
    process.start();
  }

  /** SIGTERM: an orderly end, which is waited for. */
  public void stop() throws InterruptedException {
    process.stop();
  }

  /** SIGKILL: as if the power went. */
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** SIGSTOP: it does nothing, though its connections stay. */
  public void pause() throws IOException, InterruptedException {
    process.pause();
  }

  /** SIGCONT: it goes on where it was. */
  public void goOn() throws IOException, InterruptedException {
    process.goOn();
  }

  private static boolean isKnown(Admin admin, String name) throws Exception {
    try {
      admin.describeTopics(List.of(name)).allTopicNames().get();
      return true;
    } catch (ExecutionException e) { // the controller has it, and the broker not yet
      return false;
    }
  }

  /**
   * Makes a topic of one partition, whose records have the time when they were appended.
   *
   * @param config what is otherwise than the broker has it, such as {@code retention.ms}
   */
  public void createTopic(String name, Map<String, String> config) throws Exception {
    Map<String, String> all =
        new HashMap<>(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
    all.putAll(config);
    try (Admin admin = admin()) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(all))).all().get();
      Await.until("the topic to be known", () -> isKnown(admin, name));
    }
  }

  public void deleteTopic(String name) throws Exception {
    try (Admin admin = admin()) {
      admin.deleteTopics(List.of(name)).all().get();
      Await.until("the topic to be forgotten", () -> !isKnown(admin, name));
    }
  }

  /** Which topic of this name it is: one that is made anew is another. */
  public Uuid topicId(String name) throws Exception {
    try (Admin admin = admin()) {
      return admin.describeTopics(List.of(name)).allTopicNames().get().get(name).topicId();
    }
  }

  /** Has a topic begin at this offset, as its retention would. */
  public void deleteRecordsBefore(String topic, long offset) throws Exception {
    try (Admin admin = admin()) {
      admin
          .deleteRecords(Map.of(partition(topic), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get();
    }
  }

  /**
   * Takes a topic's records from this offset on away, as the election of a leader does that had not
   * got them yet. It is stopped meanwhile; afterwards another leader epoch begins.
   *
   * @throws IllegalArgumentException if no batch of records begins at this offset; those that were
   *     appended by {@link #append} are batches of their own
   */
  public void truncate(String topic, long offset) throws Exception {
    stop();
    Path partition = process.data().resolve(partition(topic).toString());
    Path segment;
    try (Stream<Path> files = Files.list(partition)) {
      segment =
          files
              .filter(each -> each.toString().endsWith(".log"))
              .max(Comparator.naturalOrder())
              .orElseThrow();
    }
    truncate(segment, offset);
    try (Stream<Path> files = Files.list(partition)) {
      for (Path each : files.toList()) {
        if (each.toString().matches(".*\\.((time|txn)?index|snapshot)")) {
          Files.delete(each); // made anew from the log
        }
      }
    }
    // Else it would believe its indexes and checkpoints.
    Files.deleteIfExists(process.data().resolve(".kafka_cleanshutdown"));
    restart();
  }

  /**
   * A segment is one batch after another, each with its first offset and the length of the rest.
   */
  private static void truncate(Path segment, long offset) throws IOException {
    try (FileChannel file =
        FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer head = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
      for (long at = 0; file.read(head.clear(), at) == head.capacity(); ) {
        long first = head.getLong(0);
        if (first == offset) {
          file.truncate(at);
          return;
        }
        at += head.capacity() + head.getInt(Long.BYTES);
      }
    }
    throw new IllegalArgumentException("no batch begins at offset " + offset + " of " + segment);
  }

  /** Appends a record, waits until it is durable, and returns where it is. */
  public RecordMetadata append(ProducerRecord<byte[], byte[]> record) throws Exception {
    if (producer == null) {
      // Not idempotent: after a truncation the broker would know it no more.
      producer = producer(Map.of("enable.idempotence", false));
    }
    return producer.send(record).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** All records that a topic has now, without those of transactions that were given up. */
  public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    TopicPartition partition = partition(topic);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumer(Map.of())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (consumer.position(partition) < end) {
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError("only got to " + consumer.position(partition) + " of " + end);
        }
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** The one partition of a topic. */
  public static TopicPartition partition(String topic) {
    return new TopicPartition(topic, 0);
  }

  /** A client of its administration, for the caller to close. */
  public Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
  }

  /** A producer of raw records, for the caller to close. */
  public Producer<byte[], byte[]> producer(Map<String, ?> config) {
    Map<String, Object> all = new HashMap<>(Map.of("bootstrap.servers", bootstrapServers()));
    all.putAll(config);
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * A consumer of raw records of no group, for the caller to close. It reads what is committed, and
   * never goes where it was not told to.
   */
  public Consumer<byte[], byte[]> consumer(Map<String, ?> config) {
    Map<String, Object> all =
        new HashMap<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "none",
                "enable.auto.commit",
                false));
    all.putAll(config);
    return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Ends it, with all that it has recorded. */
  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
    process.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
