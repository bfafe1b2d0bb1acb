package dev.trailcast.benchmark;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.embedded.EmbeddedJournal;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.writer.JournalSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What it takes on this disk to make one activity durable. */
final class JournalCommit {
  private static final int WARM_UP = 1_000;
  private static final int MEASURED = 500;

  private JournalCommit() {}

  /** The median, in milliseconds, in an empty directory. */
  static double medianMillis(Path directory) {
    Retention retention = new Retention(Duration.ofDays(1), Long.MAX_VALUE, Long.MAX_VALUE);
    JournalSettings settings = new JournalSettings(directory, retention, 1_000, 1 << 20);
    List<Double> millis = new ArrayList<>();
    try (EmbeddedJournal journal =
        new EmbeddedJournal(settings, Thread::new, Clock.systemUTC(), batch -> {})) {
      journal.start();
      for (int i = 0; i < WARM_UP + MEASURED; i++) {
        List<EncodedActivity> one =
            List.of(EncodedActivity.of(Activity.of("alice", "page.viewed")));
        long start = System.nanoTime();
        journal.append(one).join();
        if (i >= WARM_UP) {
          millis.add((System.nanoTime() - start) / 1e6);
        }
      }
    }
    return Metric.median(millis);
  }
}
