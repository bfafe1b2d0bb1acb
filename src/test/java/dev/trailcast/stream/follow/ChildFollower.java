package dev.trailcast.stream.follow;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Announcements;
import dev.trailcast.journal.embedded.EmbeddedJournal;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.writer.JournalSettings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * A process that records without end, and follows that itself: it says what it was given, a line
 * each, until it is killed. Each fourth activity it fails at, and so has it parked.
 */
final class ChildFollower {
  private static final FollowSettings SETTINGS =
      new FollowSettings(1, 1, Duration.ofMillis(1), Duration.ofMillis(1), 10_000);
  private static final FileOutputStream STDOUT = new FileOutputStream(FileDescriptor.out);

  private ChildFollower() {}

  static EmbeddedJournal journal(Path directory, Followers[] followers) {
    Retention aLot = new Retention(Duration.ofDays(1), 1_000_000, 1L << 30);
    return new EmbeddedJournal(
        new JournalSettings(directory, aLot, 1_000, 1 << 20),
        Thread::new,
        Clock.systemUTC(),
        page -> {
          if (followers[0] != null) {
            followers[0].note(page);
          }
        });
  }

  /**
   * @param arguments the journal's directory
   */
  public static void main(String[] arguments) throws Exception {
    Followers[] followers = new Followers[1];
    EmbeddedJournal journal = journal(Path.of(arguments[0]), followers);
    journal.start();
    followers[0] =
        new Followers(SETTINGS, journal.reader(), journal.bookmarks(), new Announcements());
    followers[0].follow(
        "count",
        ActivityFilter.ALL,
        Start.oldest(),
        entry -> {
          if (entry.offset() % 4 == 0) {
            throw new IllegalStateException("on purpose");
          }
          STDOUT.write((entry.offset() + "\n").getBytes(StandardCharsets.UTF_8)); // in one call
        },
        Thread::new);
    while (journal.status().isReady()) {
      journal.append(List.of(EncodedActivity.of(Activity.of("child", "counted")))).join();
    }
  }
}
