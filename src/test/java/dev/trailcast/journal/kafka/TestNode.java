package dev.trailcast.journal.kafka;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.it.KafkaBroker;
import dev.trailcast.journal.Extent.Location;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.writer.JournalSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A node without a server: a real journal in a directory, and a topic of a real broker. */
final class TestNode implements AutoCloseable {
  static final int WINDOW = 1_000; // the smallest
  static final long MUCH = 1_000_000;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  final KafkaJournal journal;
  final List<JournalPage> announced = new CopyOnWriteArrayList<>();

  private final List<Thread> threads = new ArrayList<>();

  TestNode(KafkaBroker broker, String topic, Path directory) {
    this(broker, topic, directory, MUCH);
  }

  /** One that keeps so many entries. */
  TestNode(KafkaBroker broker, String topic, Path directory, long count) {
    this(broker.bootstrapServers(), topic, directory, count, false);
  }

  /**
   * Likewise.
   *
   * @param create whether it makes the topic
   */
  TestNode(String bootstrap, String topic, Path directory, long count, boolean create) {
    KafkaSettings kafka =
        new KafkaSettings(
            List.of(bootstrap), topic, create, ContentMode.STRUCTURED, WINDOW, Map.of());
    JournalSettings settings =
        new JournalSettings(
            directory, new Retention(Duration.ofDays(1), count, 1L << 30), 100_000, 1 << 26);
    journal = new KafkaJournal(kafka, settings, this::newThread, Clock.systemUTC(), announced::add);
    journal.start();
  }

  private Thread newThread(Runnable part) {
    Thread thread = new Thread(part);
    threads.add(thread);
    return thread;
  }

  /** As a container does that wants its threads back. */
  void interrupt() {
    threads.forEach(Thread::interrupt);
  }

  /** Those of all nodes in this JVM, and of their clients. */
  static List<String> threadsOfAll() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("trailcast-") || name.contains("| trailcast-"))
        .toList();
  }

  TestNode awaitReady() {
    Await.until(() -> journal.status().isReady());
    return this;
  }

  List<Receipt> record(Activity... activities) throws Exception {
    return journal
        .append(Stream.of(activities).map(EncodedActivity::of).toList())
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  List<Receipt> record(String... types) throws Exception {
    return record(
        Stream.of(types).map(type -> Activity.of("alice", type)).toArray(Activity[]::new));
  }

  JournalReader reader() {
    return journal.reader();
  }

  /** All that is kept. */
  List<JournalEntry> entries() {
    List<JournalEntry> all = new ArrayList<>();
    JournalReader reader = journal.reader();
    long at = reader.extent().floor().offset();
    long head = reader.extent().head().offset();
    while (at < head) {
      JournalPage page = reader.read(at, 1_000);
      all.addAll(page.entries());
      at = page.upTo().offset();
    }
    return all;
  }

  List<StreamPosition> positions() {
    return entries().stream().map(JournalEntry::position).toList();
  }

  List<String> ids() {
    return entries().stream().map(entry -> entry.activity().id()).toList();
  }

  /** Where a position lies that a reader brings. */
  Location locate(StreamPosition position) {
    return journal.reader().extent().locate(position);
  }

  /** Waits until it is not ready, and says why. */
  String awaitRefusal(String partOfReason) {
    Await.until(() -> journal.status().reason().orElse("").contains(partOfReason));
    return journal.status().reason().orElseThrow();
  }

  List<String> types() {
    return entries().stream().map(entry -> entry.activity().type()).toList();
  }

  /** Waits until it has come this far. */
  void awaitHead(long offset) {
    Await.until(() -> head() >= offset);
  }

  /** Waits until it has come here, in this history. */
  void awaitHead(StreamPosition position) {
    Await.until(
        () -> {
          try {
            return journal.reader().extent().head().equals(position);
          } catch (JournalException e) { // is not open yet
            return false;
          }
        });
  }

  long head() {
    try {
      return journal.reader().extent().head().offset();
    } catch (JournalException e) { // is not open yet
      return -1;
    }
  }

  /** Whether the files of a node's copy still have a text anywhere. */
  static boolean hasInFiles(Path directory, String text) throws IOException {
    for (String file : List.of("copy.db", "copy.db-wal")) {
      Path path = directory.resolve(file);
      if (Files.exists(path)
          && new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).contains(text)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    journal.close();
  }
}
