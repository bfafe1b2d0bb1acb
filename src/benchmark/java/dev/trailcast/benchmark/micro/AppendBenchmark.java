package dev.trailcast.benchmark.micro;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.embedded.EmbeddedJournal;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.writer.JournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What it takes until activities are durable. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
public class AppendBenchmark {
  private static final int MANY = 100;

  private Path directory;
  private EmbeddedJournal journal;

  /** Opens a journal in a directory of its own. */
  @Setup
  public void open() throws IOException {
    directory = Files.createTempDirectory("trailcast-benchmark");
    Retention retention = new Retention(Duration.ofDays(1), 1_000_000, 1L << 30);
    JournalSettings settings = new JournalSettings(directory, retention, 10_000, 32 << 20);
    journal = new EmbeddedJournal(settings, Thread::new, Clock.systemUTC(), batch -> {});
    journal.start();
  }

  /** Removes it. */
  @TearDown
  public void remove() throws IOException {
    journal.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** One, and a commit for it alone. */
  @Benchmark
  public List<Receipt> one() {
    return journal.append(List.of(activity(0))).join();
  }

  /** A hundred in one commit. */
  @Benchmark
  public List<Receipt> hundred() {
    return journal
        .append(IntStream.range(0, MANY).mapToObj(AppendBenchmark::activity).toList())
        .join();
  }

  private static EncodedActivity activity(int number) {
    return EncodedActivity.of(Activity.of("alice", "page.viewed", "products/" + number));
  }
}
