package dev.trailcast.stream.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.trail.Cursor;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.trail.TailSize;
import dev.trailcast.stream.wire.PlainSseEvent;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.TestFrames;
import dev.trailcast.stream.wire.TransientEvent;
import dev.trailcast.stream.wire.WriteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActivityCountsTest {
  private static final long NOW = 1_800_000_000;

  private final Tail tail = new Tail(new TailSize(100, 1 << 20), TestFrames.START);

  @Test
  void countsWhatIsRecordedInEachSecond() {
    ActivityCounts counts = counts(TestTrail.EVERYTHING);
    record(NOW, "alice", "alice");
    record(NOW + 1, "bob");
    record(NOW + 3, "bob");

    assertThat(newest(counts, NOW + 3, 4)).containsExactly(0L, 2L, 1L, 0L);
    assertThat(newest(counts, NOW + 6, 4)).containsExactly(0L, 1L, 0L, 0L);
    assertThat(counts.perSecond(NOW + 3)).hasSize(SecondCounts.SECONDS);
  }

  @Test
  void countsWhatTheTailHasFromBeforeItBegan() {
    record(NOW - 300, "alice");
    record(NOW - 299, "alice");
    record(NOW - 2, "alice", "alice");
    record(NOW, "alice", "alice", "alice");
    ActivityCounts counts = counts(TestTrail.EVERYTHING);
    assertThat(newest(counts, NOW, 2)).containsExactly(2L, 0L);

    record(NOW, "alice");

    assertThat(newest(counts, NOW + 1, 3)).containsExactly(2L, 0L, 4L);
    assertThat(counts.perSecond(NOW + 1).get(0)).isEqualTo(1);
  }

  @Test
  void countsMoreThanTheTailHolds() {
    ActivityCounts counts = counts(TestTrail.EVERYTHING);
    for (int i = 0; i < 500; i++) {
      record(NOW, "alice");
    }

    assertThat(newest(counts, NOW + 1, 1)).containsExactly(500L);
    assertThat(counts.busiest().activities()).isEqualTo(100);
  }

  @Test
  void tellsOfNothingThatTheReaderMayNotSee() {
    add(NOW, Activity.of("alice", "page.viewed", "home"));
    add(NOW, Activity.of("bob", "secret.done", "hidden").withAudience("carol"));
    ActivityCounts counts = counts(TestTrail.EVERYTHING);
    add(NOW, Activity.of("bob", "secret.done", "hidden").withAudience("carol"));
    tail.add(new TransientEvent(new PlainSseEvent(null, null, "is no activity")));

    assertThat(newest(counts, NOW + 1, 1)).containsExactly(1L);
    ActivityCounts.Busiest busiest = counts.busiest();
    assertThat(busiest.activities()).isEqualTo(1);
    assertThat(busiest.since()).isEqualTo(Instant.ofEpochSecond(NOW));
    assertThat(busiest.values().get(Attribute.ACTOR)).containsExactly(count("alice", 1));
    assertThat(busiest.values().get(Attribute.TYPE)).containsExactly(count("page.viewed", 1));
    assertThat(busiest.values().get(Attribute.SUBJECT)).containsExactly(count("home", 1));
  }

  @Test
  void namesTheTenBusiestInTheirOrder() {
    for (char name = 'a'; name <= 'l'; name++) {
      record(NOW, Character.toString(name));
    }
    record(NOW, "l", "l", "c");

    List<ActivityCounts.Count> actors =
        counts(TestTrail.EVERYTHING).busiest().values().get(Attribute.ACTOR);

    assertThat(actors).hasSize(10).startsWith(count("l", 3), count("c", 2), count("a", 1));
  }

  @Test
  void forgetsWhatIsLongAgo() {
    ActivityCounts counts = counts(TestTrail.EVERYTHING);
    record(NOW, "alice");
    record(NOW + 1, "alice");
    record(NOW + 10_000, "alice");

    assertThat(counts.perSecond(NOW + 10_001).stream().mapToLong(count -> count).sum())
        .isEqualTo(1);
  }

  @Test
  void countsNoLongerWhenItHasEnded() {
    PublicCounts counts = new PublicCounts(tail, TestTrail.EVERYTHING, () -> 0);
    Cursor other =
        tail.join(() -> {}, TestTrail.EVERYTHING, 0); // its channel stays, for another has it
    counts.end();
    record(NOW, "alice");

    assertThat(counts.perSecond(NOW + 1)).containsOnly(0L);
    assertThat(tail.isAtHead(other)).isFalse();
  }

  @Test
  void addsWhatIsForItsReaderToWhatIsPublicThere() {
    View carols = new View(ActivityFilter.ALL, new Viewer("carol", Set.of("staff")));
    add(NOW, Activity.of("bob", "done").withAudience("carol role:staff"));
    add(NOW + 1, Activity.of("alice", "done"));
    ActivityCounts counts = counts(carols);
    add(NOW + 1, Activity.of("bob", "done").withAudience("role:staff"));
    add(NOW + 1, Activity.of("bob", "done").withAudience("dora"));
    add(NOW + 1, Activity.of("alice", "done"));

    assertThat(newest(counts, NOW + 2, 2)).containsExactly(1L, 3L);
    ActivityCounts.Busiest busiest = counts.busiest();
    assertThat(busiest.since()).isEqualTo(Instant.ofEpochSecond(NOW));
    assertThat(busiest.activities()).isEqualTo(4);
    assertThat(busiest.values().get(Attribute.ACTOR))
        .containsExactly(count("alice", 2), count("bob", 2));

    counts.end();
    add(NOW + 2, Activity.of("bob", "done").withAudience("carol"));
    assertThat(newest(counts, NOW + 3, 1)).containsExactly(0L);
  }

  @Test
  void ranksWhatIsForItsReaderAmongMoreThanTenThatArePublic() {
    for (char name = 'a'; name <= 'l'; name++) {
      record(NOW, Character.toString(name), Character.toString(name));
    }
    add(NOW, Activity.of("l", "done").withAudience("carol"));
    add(NOW, Activity.of("z", "done").withAudience("carol"));

    List<ActivityCounts.Count> actors =
        counts(new View(ActivityFilter.ALL, new Viewer("carol", Set.of())))
            .busiest()
            .values()
            .get(Attribute.ACTOR);

    assertThat(actors).hasSize(10).startsWith(count("l", 3), count("a", 2)).endsWith(count("i", 2));
  }

  private ActivityCounts counts(View view) {
    return new ActivityCounts(tail, view, new PublicCounts(tail, view.publicPart(), () -> 0));
  }

  private static List<Long> newest(ActivityCounts counts, long now, int seconds) {
    List<Long> all = counts.perSecond(now);
    return all.subList(all.size() - seconds, all.size());
  }

  private static ActivityCounts.Count count(String name, long count) {
    return new ActivityCounts.Count(name, count);
  }

  private void record(long second, String... actors) {
    for (String actor : actors) {
      add(second, Activity.of(actor, "done"));
    }
  }

  private void add(long second, Activity activity) {
    JournalEntry entry =
        new JournalEntry(
            TestFrames.START.at(tail.head().offset() + 1),
            Instant.ofEpochSecond(second),
            EncodedActivity.of(activity));
    tail.add(List.of(new RecordedFrame(entry, new WriteBuffer())));
  }
}
