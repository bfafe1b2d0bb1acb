package dev.trailcast.journal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.it.KafkaBroker;
import dev.trailcast.journal.queue.AppendQueue;
import dev.trailcast.journal.store.BookmarkFiles;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.store.StoreKind;
import dev.trailcast.journal.writer.JournalSettings;
import dev.trailcast.journal.writer.Reach;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread that copies, where it is interrupted at a moment that only chance would hit. */
class CopierTest {
  private static final String NODE = "node-a";

  @TempDir Path directory;

  private final KafkaBroker broker = KafkaBroker.shared();
  private final String topic = "trail-" + UUID.randomUUID();
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private volatile Thread copying;

  /** What notes that records were read asks for the time, before they are taken. */
  private long nanoTime() {
    if (Thread.currentThread() == copying && interrupted.compareAndSet(false, true)) {
      copying.interrupt();
    }
    return System.nanoTime();
  }

  private Copier copier(KafkaSettings kafka, Watch watch) {
    JournalSettings settings =
        new JournalSettings(
            directory, new Retention(Duration.ofDays(1), TestNode.MUCH, 1L << 30), 10, 1 << 20);
    InFlight inFlight = new InFlight(10, 1 << 20, System::nanoTime);
    Copy copy =
        new Copy(
            settings,
            TestNode.WINDOW,
            new Database(directory, StoreKind.COPY),
            new Reach(page -> {}),
            new BookmarkFiles(directory),
            Clock.systemUTC(),
            System::nanoTime);
    return new Copier(
        directory,
        kafka,
        NODE,
        new AppendQueue(10, 1 << 20),
        inFlight,
        watch,
        copy,
        new Skipped(inFlight));
  }

  @Test
  void copiesWhatItHadReadAndNotTakenWhenTheContainerWantedItsThreadBack() throws Exception {
    broker.createTopic(topic, Map.of());
    Origin elsewhere = new Origin("0k3f9topic000", NODE, 7); // so that it asks the brokers first
    broker.append(
        new RecordWriter(topic, ContentMode.STRUCTURED)
            .write(EncodedActivity.of(Activity.of("alice", "a")), elsewhere));
    KafkaSettings kafka =
        new KafkaSettings(
            List.of(broker.bootstrapServers()),
            topic,
            false,
            ContentMode.STRUCTURED,
            TestNode.WINDOW,
            Map.of());
    Watch watch = new Watch(kafka, NODE, this::nanoTime);
    Thread watching = new Thread(watch);
    copying = new Thread(copier(kafka, watch));
    watching.start();
    copying.start();
    copying.join(TimeUnit.SECONDS.toMillis(Await.LIMIT_SECONDS)); // it ends by itself
    watch.stop();
    watching.join();
    assertThat(copying.isAlive()).isFalse();
    assertThat(interrupted).isTrue();

    try (TestNode again = new TestNode(broker, topic, directory).awaitReady()) {
      assertThat(again.types()).containsExactly("a");
    }
  }
}
