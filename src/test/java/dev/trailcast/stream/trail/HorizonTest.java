package dev.trailcast.stream.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.Scope;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.wire.TestFrames;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HorizonTest {
  private static final View BOB = new View(ActivityFilter.ALL, new Viewer("bob", Set.of()));
  private static final int ROUND = Horizon.ROUND;

  private final Tail tail = new Tail(new TailSize(4 * ROUND, 1 << 30), TestFrames.START);

  @Test
  void isTheNewestActivityThatTheReaderMaySee() {
    open(1, 3);
    closed(4, 6);

    assertThat(now(TestTrail.EVERYTHING)).isEqualTo(3);
    assertThat(now(BOB)).isEqualTo(6);
    assertThat(new Horizon(tail, BOB).upTo(5).offset()).isEqualTo(5);
    assertThat(new Horizon(tail, TestTrail.EVERYTHING).upTo(2).offset()).isEqualTo(2);
  }

  @Test
  void isNotBoundedByWhatTheReaderHasAskedFor() {
    open(1, 3);

    assertThat(now(TestFrames.ofActor("nobody"))).isEqualTo(3);
  }

  @Test
  void isBoundedByHowFarItsRightGoes() {
    tail.add(TestFrames.frames(1, 2, "alice"));
    tail.add(TestFrames.frames(3, 5, "carol"));
    Scope alices = Scope.of(List.of(TestFrames.ofActor("alice").filter()));

    assertThat(now(new View(ActivityFilter.ALL, alices, Viewer.ANONYMOUS))).isEqualTo(2);
  }

  @Test
  void standsStillWhileNothingIsRecordedThatTheReaderMaySee() {
    open(1, 3);
    closed(4, ROUND);

    LongStream.range(ROUND + 1, ROUND + 300)
        .forEach(
            offset -> {
              closed(offset, offset);
              assertThat(now(TestTrail.EVERYTHING)).isEqualTo(offset < ROUND + 3 ? 3 : ROUND);
            });
  }

  @Test
  void isARoundPlaceWhereTheReaderMaySeeNoneOfTheLast() {
    closed(1, 2 * ROUND + 17);

    assertThat(now(TestTrail.EVERYTHING)).isEqualTo(2 * ROUND);
    assertThat(now(BOB)).isEqualTo(2 * ROUND + 17);
  }

  @Test
  void isARoundPlaceOnTheWayThroughHistory() {
    Tail small = new Tail(new TailSize(10, 1 << 20), TestFrames.START.at(3 * ROUND));

    assertThat(new Horizon(small, BOB).upTo(ROUND + 5).offset()).isEqualTo(ROUND);
  }

  private long now(View view) {
    return new Horizon(tail, view).now().offset();
  }

  private void open(long from, long to) {
    tail.add(TestFrames.frames(from, to, "alice"));
  }

  private void closed(long from, long to) {
    tail.add(
        LongStream.rangeClosed(from, to)
            .mapToObj(
                offset ->
                    TestFrames.frame(offset, Activity.of("alice", "done").withAudience("bob")))
            .toList());
  }
}
