package dev.trailcast.stream.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.stream.delivery.RefusedException;
import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.wire.TestFrames;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsTest {
  @TempDir Path directory;

  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private TestTrail trail;
  private Statistics statistics;

  @BeforeEach
  void begin() throws Exception {
    trail = new TestTrail(directory, 1_000);
    statistics = new Statistics(trail.readers, scheduler);
  }

  @AfterEach
  void end() {
    scheduler.shutdownNow();
    trail.close();
  }

  @Test
  void countNoMoreForOneCallerThanLeavesRoomForOthers() {
    for (int i = 0; i < 16; i++) {
      follow("mine" + i, "10.0.0.1");
    }

    assertThatThrownBy(() -> follow("one more", "10.0.0.1"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("limited");
    follow("mine3", "10.0.0.1"); // which is counted already
    follow("theirs", "10.0.0.2");
  }

  @Test
  void countEverythingForWhoeverAsksWhateverElseIsCounted() {
    for (int i = 0; i < 512; i++) {
      follow("actor" + i, "address" + i);
    }
    assertThatThrownBy(() -> follow("one more", "10.0.1.1"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("full");

    assertThat(statistics.of(TestTrail.EVERYTHING, "10.0.1.1").newest()).isNotEmpty();
  }

  @Test
  void letGoOfWhatNobodyFollowsForTheNext() {
    for (int i = 0; i < 100; i++) {
      statistics.of(TestFrames.ofActor("actor" + i), "10.0.0.1");
    }

    assertThat(statistics.publicParts()).isEqualTo(16);
  }

  @Test
  void countForEachOfManyUsersWhatItMaySeeAndWhatIsPublicOnce() throws Exception {
    List<View> users =
        IntStream.range(0, 200)
            .mapToObj(i -> new View(ActivityFilter.ALL, new Viewer("user" + i, Set.of("staff"))))
            .toList();
    trail.record(
        List.of(
            Activity.of("anna", "opened"),
            Activity.of("anna", "asked").withAudience("user7"),
            Activity.of("bert", "asked").withAudience("user7 role:staff"),
            Activity.of("carl", "asked").withAudience("role:board")));
    trail.awaitTail();

    for (View user : users) {
      statistics.follow(user, "user " + user.viewer().name(), () -> {});
    }

    assertThat(statistics.publicParts()).isEqualTo(1);
    assertThat(actors(users.get(7))).containsExactly("anna 2", "bert 1");
    assertThat(actors(users.get(8))).containsExactly("anna 1", "bert 1");
    assertThat(actors(TestTrail.EVERYTHING)).containsExactly("anna 1");
  }

  private List<String> actors(View view) {
    return statistics
        .of(view, "anybody")
        .newest()
        .getJsonObject("busiest")
        .getJsonArray("actors")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(each -> each.getString("name") + " " + each.getInt("count"))
        .toList();
  }

  @Test
  void cutLongNames() throws Exception {
    String smile = "\ud83d\ude00";
    trail.record(
        List.of(
            Activity.of("a".repeat(30_000), "t"),
            Activity.of("b".repeat(127) + smile, "t"),
            Activity.of("c".repeat(128), "t")));
    trail.awaitTail();

    assertThat(
            statistics
                .of(TestTrail.EVERYTHING, "10.0.0.1")
                .newest()
                .getJsonObject("busiest")
                .getJsonArray("actors")
                .stream()
                .map(each -> each.asJsonObject().getString("name")))
        .containsExactlyInAnyOrder("a".repeat(128) + "…", "b".repeat(127) + "…", "c".repeat(128));
  }

  private void follow(String actor, String address) {
    statistics.follow(TestFrames.ofActor(actor), address, () -> {});
  }
}
