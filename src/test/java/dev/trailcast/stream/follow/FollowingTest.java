package dev.trailcast.stream.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.LogRecorder;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.ParkedActivity;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.embedded.EmbeddedJournal;
import dev.trailcast.journal.store.BookmarkFiles;
import dev.trailcast.stream.trail.ScriptedJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One that follows, on the test's own thread, and without waiting. */
class FollowingTest {
  private static final Instant NOW = Instant.parse("2026-11-26T16:00:00Z");
  private static final FollowSettings SETTINGS =
      new FollowSettings(4, 4, Duration.ofSeconds(1), Duration.ofSeconds(3), 2);

  private static final String FAILED = "TRAIL0421W: count has failed; it is tried again";

  @TempDir Path directory;

  private final ScriptedJournal journal = new ScriptedJournal();
  private final FakePace pace = new FakePace();
  private final RecordingProjection projection = new RecordingProjection();
  private final LogRecorder log = new LogRecorder(Following.class);

  @AfterEach
  void end() {
    assertThat(log.messages()).isEmpty();
    log.close();
  }

  @Test
  void takesInOrderWhatIsRecordedAfterItBegan() throws Exception {
    journal.append(1);
    Following following = begin(Start.latest());
    journal.append(2, 5);
    following.goOn();
    journal.append(9);
    assertThat(following.status().behind()).isEqualTo(4);
    following.goOn();

    assertThat(projection.told()).containsExactly("2", "5", "9");
    assertThat(following.status())
        .isEqualTo(
            new FollowingStatus("count", Optional.of(journal.extent().head()), 0, false, 0, 0, 0));
  }

  @Test
  void beginsWhereItIsTold() throws Exception {
    journal.append(1, 2, 3);
    journal.expire(1);
    begin(Start.oldest()).goOn();
    assertThat(projection.told()).containsExactly("2", "3");

    begin("other", Start.after(journal.extent().at(2))).goOn();
    assertThat(projection.told()).containsExactly("2", "3", "3");
  }

  @Test
  void goesOnWhereItWasUnderItsName() throws Exception {
    Following before = begin(Start.oldest());
    journal.append(1, 2);
    before.goOn();
    pace.pass(Following.KEEP);
    before.goOn();
    journal.append(3);
    begin(Start.oldest()).goOn();

    assertThat(projection.told()).containsExactly("1", "2", "3");
  }

  @Test
  void goesOnFromWhereItBeganTheFirstTimeThoughNothingHadCome() throws Exception {
    begin(Start.latest());
    journal.append(1);
    begin(Start.latest()).goOn();

    assertThat(projection.told()).containsExactly("1");
  }

  @Test
  void beginsWhenTheJournalCanBeReadWhereItCouldNotAtFirst() throws Exception {
    journal.append(1);
    Start unreadable =
        any -> {
          if (pace.nanoTime() == 0) {
            throw new JournalUnavailableException("on purpose", null);
          }
          return journal.extent().floor();
        };
    Following following = begin(unreadable);
    assertThat(following.status().position()).isEmpty();

    pace.pass(Duration.ofSeconds(1));
    following.goOn();
    assertThat(projection.told()).containsExactly("1");
  }

  @Test
  void keepsNothingInADirectoryThatIsAnotherApplications() throws Exception {
    try (EmbeddedJournal first = ChildFollower.journal(directory, new Followers[1]);
        EmbeddedJournal second = ChildFollower.journal(directory, new Followers[1])) {
      first.start();
      second.start();
      assertThat(second.status().isReady()).isFalse();
      Following following =
          new Following(
              "count",
              ActivityFilter.ALL,
              Start.oldest(),
              projection,
              SETTINGS,
              second.reader(),
              second.bookmarks(),
              InstantSource.fixed(NOW),
              pace);
      following.lookWhereToBegin();

      assertThat(following.status().position()).isEmpty();
      assertThat(directory.resolve("followers")).doesNotExist();
    }
  }

  @Test
  void keepsWhereItIsOnceASecondAtMost() throws Exception {
    Following following = begin(Start.oldest());
    journal.append(1);
    following.goOn();
    assertThat(kept()).isEqualTo(journal.extent().at(0));

    pace.pass(Following.KEEP);
    following.goOn();
    assertThat(kept()).isEqualTo(journal.extent().at(1));
  }

  @Test
  void triesAgainAfterPausesThatGrowAndThenParksWhatItFailsAt() throws Exception {
    projection.before(told -> fail(told.equals("2")));
    Following following = begin(Start.oldest());
    journal.append(1, 2, 3);
    following.goOn();

    assertThat(projection.told()).containsExactly("1", "3");
    assertThat(pace.pauses())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
    assertThat(following.status().failures()).isEqualTo(4);
    assertThat(following.status().parked()).isEqualTo(1);
    assertThat(following.status().isFailing()).isFalse();
    ParkedActivity parked = following.parked().get(0);
    assertThat(parked.position().offset()).isEqualTo(2);
    assertThat(parked.entry().activity()).isEqualTo(journal.read(1, 1).entries().get(0).activity());
    assertThat(parked.reason()).isEqualTo("java.lang.IllegalStateException: on purpose");
    assertThat(parked.tries()).isEqualTo(4);
    assertThat(parked.parked()).isEqualTo(NOW);
    assertThat(log.takeMessage()).isEqualTo(FAILED);
    assertThat(log.takeMessage())
        .isEqualTo(
            "TRAIL0423E: count goes on without %s (counted), which it has failed at 4 times: it is parked"
                .formatted(parked.position()));
  }

  @Test
  void countsTriesAnewForEach() throws Exception {
    int[] calls = {0};
    projection.before(told -> fail(++calls[0] % 4 != 0));
    Following following = begin(Start.oldest());
    journal.append(1, 2);
    following.goOn();

    assertThat(projection.told()).containsExactly("1", "2");
    assertThat(following.status().parked()).isZero();
    assertThat(log.takeMessage()).isEqualTo(FAILED);
    assertThat(log.takeMessage()).isEqualTo(FAILED);
  }

  @Test
  void goesOnNoFurtherWhereNobodySeesToWhatIsParked() throws Exception {
    projection.before(told -> fail(!told.equals("4")));
    Following following = begin(Start.oldest());
    pace.meanwhile(
        () -> {
          if (pace.pauses().size() == 50) {
            assertThat(following.status().position()).contains(journal.extent().at(2));
            following.discard(journal.extent().at(1));
          }
        });
    journal.append(1, 2, 3, 4);
    following.goOn();

    assertThat(projection.told()).containsExactly("4");
    assertThat(following.parked())
        .extracting(parked -> parked.position().offset())
        .containsExactly(2L, 3L);
    log.takeMessage(); // it fails
    log.takeMessage(); // 1 is parked
    log.takeMessage(); // 2 is parked
    assertThat(log.takeMessage()).contains("goes on no further");
    log.takeMessage(); // 3 is parked
  }

  @Test
  void isToldOfWhatRetentionHasTaken() throws Exception {
    Following following = begin(Start.oldest());
    journal.append(1, 2, 3);
    journal.expire(2);
    following.goOn();

    assertThat(projection.told()).containsExactly("expired " + journal.extent().at(0) + " 2", "3");
    assertThat(following.status().gaps()).isEqualTo(1);
    assertThat(log.takeMessage()).contains("There is a gap");
  }

  @Test
  void isToldOfAJournalThatWasMadeAnewAndBeginsWithTheOldest() throws Exception {
    StreamPosition elsewhere = new StreamPosition("another", 7);
    new BookmarkFiles(directory).keep("count", elsewhere);
    journal.append(1);
    begin(Start.latest()).goOn();

    assertThat(projection.told()).containsExactly("unknown another-7 0", "1");
    assertThat(log.takeMessage()).contains("There is a gap");
  }

  @Test
  void isToldWhereNobodyCanReadWhatWasKept() throws Exception {
    begin(Start.latest());
    Files.writeString(directory.resolve("followers/count/position"), "\0\0");
    journal.append(1);
    begin(Start.latest()).goOn();

    assertThat(projection.told()).hasSize(2).last().isEqualTo("1");
    assertThat(projection.told().get(0)).startsWith("unknown ");
    assertThat(log.takeMessage()).contains("There is a gap");
  }

  @Test
  void isToldOfAGapAgainWhereItWasNotToldToTheEnd() throws Exception {
    Following before = begin(Start.oldest());
    journal.append(1, 2);
    journal.expire(1);
    projection.before(
        told -> {
          before.stop();
          fail(true);
        });
    pace.pass(Following.KEEP);
    before.goOn();
    projection.before(told -> {});
    begin(Start.latest()).goOn();

    assertThat(projection.told()).containsExactly("expired " + journal.extent().at(0) + " 1", "2");
    assertThat(log.takeMessage()).isEqualTo(FAILED);
    assertThat(log.takeMessage()).contains("There is a gap");
  }

  @Test
  void goesOnInTheEndWhereItCanNotTakeAGapAndSaysSo() throws Exception {
    projection.before(told -> fail(told.startsWith("expired")));
    Following following = begin(Start.oldest());
    journal.append(1, 2);
    journal.expire(1);
    following.goOn();

    assertThat(projection.told()).containsExactly("2");
    assertThat(pace.pauses()).hasSize(3);
    log.takeMessage(); // it fails
    assertThat(log.takeMessage()).contains("There is a gap");
  }

  @Test
  void givesNothingMoreWhenItIsStoppedAndComesBackToThat() throws Exception {
    Following before = begin(Start.oldest());
    journal.append(1, 2);
    projection.before(told -> before.stop());
    before.goOn();
    assertThat(projection.told()).containsExactly("1");

    before.run(); // which only keeps where it is
    Thread.currentThread().setName("main");
    projection.before(told -> {});
    begin(Start.oldest()).goOn();
    assertThat(projection.told()).containsExactly("1", "2");
  }

  private Following begin(Start start) {
    return begin("count", start);
  }

  private Following begin(String name, Start start) {
    Following following =
        new Following(
            name,
            ActivityFilter.ALL,
            start,
            projection,
            SETTINGS,
            journal,
            new BookmarkFiles(directory),
            InstantSource.fixed(NOW),
            pace);
    following.lookWhereToBegin();
    return following;
  }

  private StreamPosition kept() throws IOException {
    return new BookmarkFiles(directory)
        .position("count")
        .flatMap(StreamPosition::parse)
        .orElseThrow();
  }

  private static void fail(boolean really) {
    if (really) {
      throw new IllegalStateException("on purpose");
    }
  }
}
