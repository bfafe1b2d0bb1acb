package dev.trailcast.journal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.LogRecorder;
import dev.trailcast.TrailcastApplication;
import dev.trailcast.it.KafkaBroker;
import java.io.Closeable;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever has added Kafka's clients to a WAR may have left out what records are packed with. */
class MissingCodecTest {
  private static final String COPIER = Copier.class.getName();

  @TempDir Path directory;

  private final KafkaBroker broker = KafkaBroker.shared();
  private final String topic = "trail-" + UUID.randomUUID();

  /** Gives classes of ours and of Kafka's clients, but of no codec. */
  private static final class WithoutCodecs extends URLClassLoader {
    WithoutCodecs() {
      super(
          Stream.of(TrailcastApplication.class, MissingCodecTest.class, KafkaConsumer.class)
              .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
              .toArray(URL[]::new));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.matches("(net\\.jpountz|org\\.xerial\\.snappy|com\\.github\\.luben)\\..*")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.matches("(dev\\.trailcast|org\\.apache\\.kafka)\\..*")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }
  }

  /** Says why it is not ready, or else nothing; and the types that it has. */
  public static final class Node implements Supplier<Map.Entry<String, List<String>>>, Closeable {
    private final TestNode node;

    public Node(String bootstrap, String topic, Path directory) {
      node = new TestNode(bootstrap, topic, directory, TestNode.MUCH, false);
      node.awaitReady();
    }

    @Override
    public Map.Entry<String, List<String>> get() {
      return Map.entry(node.journal.status().reason().orElse(""), node.types());
    }

    @Override
    public void close() {
      node.close();
    }
  }

  private void append(String type, String compression) throws Exception {
    try (Producer<byte[], byte[]> producer =
        broker.producer(Map.of("compression.type", compression))) {
      String value = "{\"type\":\"%s\"}".formatted(type);
      producer.send(new ProducerRecord<>(topic, 0, null, value.getBytes(UTF_8))).get();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lz4, at.yawk.lz4:lz4-java",
    "snappy, org.xerial.snappy:snappy-java",
    "zstd, com.github.luben:zstd-jni"
  })
  void saysOnceWhatIsToBeAddedAndHasReadersReadOn(String codec, String jar) throws Exception {
    broker.createTopic(topic, Map.of());
    append("a", "none");
    Logger logger = Logger.getLogger(COPIER);
    logger.setLevel(Level.ALL);
    try (WithoutCodecs classes = new WithoutCodecs();
        LogRecorder log = new LogRecorder(COPIER)) {
      @SuppressWarnings("unchecked") // it is the one above
      Supplier<Map.Entry<String, List<String>>> node =
          (Supplier<Map.Entry<String, List<String>>>)
              classes
                  .loadClass(Node.class.getName())
                  .getConstructor(String.class, String.class, Path.class)
                  .newInstance(broker.bootstrapServers(), topic, directory);
      try {
        append("b", codec);
        Await.until("it to have tried twice more", () -> count(log, "TRAIL0204I") > 2);

        String why =
            "records of the topic are compressed with %s, which can't be used here: put %s into"
                    .formatted(codec, jar)
                + " WEB-INF/lib, in the version that kafka-clients asks for";
        assertThat(node.get()).isEqualTo(Map.entry(why, List.of("a")));
        assertThat(count(log, "TRAIL0213E: " + why)).isOne();
        assertThat(count(log, "E: ")).isOne();
      } finally {
        ((Closeable) node).close();
      }
    } finally {
      logger.setLevel(null);
    }
  }

  private static long count(LogRecorder log, String part) {
    return log.messages().stream().filter(message -> message.contains(part)).count();
  }
}
