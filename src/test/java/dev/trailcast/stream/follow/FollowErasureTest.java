package dev.trailcast.stream.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.LogRecorder;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.embedded.EmbeddedJournal;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.writer.JournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was erased is given to nobody, and parked nowhere. */
class FollowErasureTest {
  private static final FollowSettings SETTINGS =
      new FollowSettings(4, 2, Duration.ofSeconds(1), Duration.ofSeconds(1), 2);

  @TempDir Path directory;

  private final FakePace pace = new FakePace();
  private final RecordingProjection projection = new RecordingProjection();
  private final LogRecorder log = new LogRecorder(Following.class);
  private EmbeddedJournal journal;

  @BeforeEach
  void open() throws Exception {
    Retention aLot = new Retention(Duration.ofDays(1), 1_000_000, 1L << 30);
    journal =
        new EmbeddedJournal(
            new JournalSettings(directory, aLot, 1_000, 1 << 20),
            Thread::new,
            Clock.systemUTC(),
            page -> {});
    journal.start();
    record("alice", "1");
    record("bob", "2");
  }

  @AfterEach
  void close() {
    journal.close();
    log.close();
  }

  @Test
  void isNotGivenWhatWasErasedMeanwhileAndIsToldOfTheErasure() throws Exception {
    Following following = begin();
    projection.before(told -> fail(told.equals("1")));
    pace.meanwhile(
        () -> {
          erase("alice");
          following.note(true);
          projection.before(told -> {});
        });
    following.goOn();

    assertThat(projection.told()).containsExactly("2", "erased");
    assertThat(following.status().parked()).isZero();
  }

  @Test
  void isNotGivenWhatWasErasedAfterItWasRead() throws Exception {
    record("alice", "3");
    Following following = begin();
    projection.before(
        told -> {
          if (told.equals("2")) {
            erase("alice");
            following.note(true);
          }
        });
    following.goOn();

    assertThat(projection.told()).containsExactly("1", "2", "erased");
  }

  @Test
  void doesNotParkWhatTheJournalNoLongerHas() throws Exception {
    Following following = begin();
    int[] tries = {0};
    projection.before(
        told -> {
          if (told.equals("1")) {
            if (++tries[0] == SETTINGS.tries()) {
              erase("alice"); // and it has not been told of that yet
            }
            throw new IllegalStateException("on purpose");
          }
        });
    following.goOn();

    assertThat(projection.told()).containsExactly("2", "erased");
    assertThat(following.status().parked()).isZero();
    assertThat(files()).isEmpty();
    log.takeMessage(); // it fails
    assertThat(log.takeMessage()).endsWith("the journal has let go of it meanwhile");
  }

  @Test
  void doesNotKeepAnActorsParkedActivitiesThatAreErased() throws Exception {
    Following following = begin();
    projection.before(told -> fail(true));
    following.goOn();
    assertThat(following.status().parked()).isEqualTo(2);

    erase("alice");
    projection.before(told -> {});
    following.goOn();

    assertThat(following.parked())
        .singleElement()
        .satisfies(parked -> assertThat(parked.entry().activity().actor()).isEqualTo("bob"));
    assertThat(following.status().parked()).isEqualTo(1);
    assertThat(files()).hasSize(1);
  }

  private Following begin() {
    Following following =
        new Following(
            "count",
            ActivityFilter.ALL,
            Start.oldest(),
            projection,
            SETTINGS,
            journal.reader(),
            journal.bookmarks(),
            Clock.systemUTC(),
            pace);
    following.lookWhereToBegin();
    return following;
  }

  private void record(String actor, String subject) throws Exception {
    Activity activity = Activity.of(actor, "counted", subject);
    journal.append(List.of(EncodedActivity.of(activity))).get(20, TimeUnit.SECONDS);
  }

  private void erase(String actor) throws Exception {
    journal.erase(actor).get(20, TimeUnit.SECONDS);
  }

  private List<Path> files() throws IOException {
    Path parked = directory.resolve("followers/count/parked");
    if (!Files.exists(parked)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(parked)) {
      return files.toList();
    }
  }

  private static void fail(boolean really) {
    if (really) {
      throw new IllegalStateException("on purpose");
    }
  }
}
