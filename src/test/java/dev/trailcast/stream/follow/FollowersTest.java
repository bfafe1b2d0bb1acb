package dev.trailcast.stream.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.journal.Announcements;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.BookmarkFiles;
import dev.trailcast.stream.trail.ScriptedJournal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowersTest {
  private static final FollowSettings SETTINGS =
      new FollowSettings(2, 3, Duration.ofMillis(1), Duration.ofMillis(1), 10);

  @TempDir Path directory;

  private final ScriptedJournal journal = new ScriptedJournal();
  private Followers followers;

  private Followers followers() {
    followers = new Followers(SETTINGS, journal, new BookmarkFiles(directory), new Announcements());
    return followers;
  }

  @AfterEach
  void end() {
    if (followers != null) {
      followers.end();
    }
  }

  @Test
  void holdBackNobodyWhereOneBlocks() throws Exception {
    CountDownLatch blocking = new CountDownLatch(1);
    RecordingProjection other = new RecordingProjection();
    followers();
    follow("blocks", entry -> await(blocking));
    follow("other", other);
    for (int offset = 1; offset <= 300; offset++) {
      followers.note(journal.append(offset));
    }

    Await.until(() -> other.told().size() == 300);
    assertThat(followers.status()).extracting(FollowingStatus::behind).containsExactly(300L, 0L);
    blocking.countDown();
  }

  @Test
  void areOneOfEachName() throws Exception {
    followers();
    Following first = follow("count", new RecordingProjection());
    assertThatThrownBy(() -> follow("count", new RecordingProjection()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("count is followed under already");

    first.close();
    follow("count", new RecordingProjection());
    assertThat(followers.status()).hasSize(1);
  }

  @Test
  void leaveTheNameFreeWhereThereIsNoRoomForAThread() {
    followers();
    assertThatThrownBy(
            () ->
                followers.follow(
                    "count",
                    ActivityFilter.ALL,
                    Start.oldest(),
                    new RecordingProjection(),
                    task ->
                        new Thread(task) {
                          @Override
                          public void start() {
                            throw new OutOfMemoryError("unable to create native thread");
                          }
                        }))
        .isInstanceOf(OutOfMemoryError.class);

    follow("count", new RecordingProjection());
    assertThat(followers.status()).hasSize(1);
  }

  @Test
  void areNoMoreThanMay() {
    followers();
    follow("a", new RecordingProjection());
    follow("b", new RecordingProjection());
    assertThatThrownBy(() -> follow("c", new RecordingProjection()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("trailcast.follow.max");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "../count", "a/b", "Count", "a b", "é"})
  void haveNamesThatLeadNowhereElse(String name) {
    followers();
    assertThatThrownBy(() -> follow(name, new RecordingProjection()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void haveKeptWhereTheyAreWhenTheyAreClosed() throws Exception {
    RecordingProjection projection = new RecordingProjection();
    followers();
    Following following = follow("count", projection);
    followers.note(journal.append(1, 2));
    Await.until(() -> projection.told().size() == 2);
    following.close();

    assertThat(new BookmarkFiles(directory).position("count").flatMap(StreamPosition::parse))
        .contains(journal.extent().at(2));
    followers.note(journal.append(3));
    assertThat(projection.told()).containsExactly("1", "2");
  }

  @Test
  void haveKeptWhereTheyAreWhenTheServerTakesTheirThreadsBack() throws Exception {
    RecordingProjection projection = new RecordingProjection();
    Thread[] thread = new Thread[1];
    followers()
        .follow(
            "count",
            ActivityFilter.ALL,
            Start.oldest(),
            projection,
            task -> {
              thread[0] = new Thread(task);
              return thread[0];
            });
    followers.note(journal.append(1, 2));
    Await.until(() -> followers.status().get(0).behind() == 0);
    thread[0].interrupt();
    Await.until(() -> followers.status().isEmpty());

    assertThat(new BookmarkFiles(directory).position("count").flatMap(StreamPosition::parse))
        .contains(journal.extent().at(2));
  }

  @Test
  void mayBeClosedByThemselves() {
    Following[] following = new Following[1];
    CountDownLatch known = new CountDownLatch(1);
    followers();
    following[0] =
        follow(
            "count",
            entry -> {
              await(known);
              following[0].close();
            });
    known.countDown();
    followers.note(journal.append(1));

    Await.until(() -> followers.status().isEmpty());
    assertThat(following[0].status().position()).contains(journal.extent().at(1));
  }

  @Test
  void endWithTheApplication() {
    RecordingProjection projection = new RecordingProjection();
    followers();
    follow("count", projection);
    followers.end();

    assertThat(followers.status()).isEmpty();
    assertThatThrownBy(() -> follow("other", projection)).isInstanceOf(IllegalStateException.class);
  }

  private Following follow(String name, Projection projection) {
    return followers.follow(name, ActivityFilter.ALL, Start.oldest(), projection, Thread::new);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }
}
