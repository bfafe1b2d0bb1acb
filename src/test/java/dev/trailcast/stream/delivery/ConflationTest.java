package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.journal.Erasure;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.TestFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConflationTest {
  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private long now = Long.MAX_VALUE - 5 * SECOND; // the clock's own turning point is near
  private long offset;

  @Test
  void sendsAtOnceWhereThereIsNotTooMuch() {
    Conflation conflation = new Conflation(10, now);

    conflation.add(next("alice"));

    assertThat(release(conflation)).containsExactly(1L);
    assertThat(conflation.isEmpty()).isTrue();
    assertThat(conflation.leftOut(now)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 25, 1_000})
  void neverSendsMoreInAnySecondThanTheRateAndNotMuchLess(int rate) {
    Conflation conflation = new Conflation(rate, now);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) { // 4 in a millisecond, each of somebody else, for 5 seconds
      for (int j = 0; j < 4; j++) {
        conflation.add(next("actor-" + offset));
      }
      long time = i;
      conflation.release(now, frame -> times.add(time));
      now += MILLISECOND;
    }

    for (int i = rate; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - rate)).isGreaterThanOrEqualTo(1_000);
    }
    assertThat(times).hasSizeGreaterThanOrEqualTo((int) (5 * rate * 0.95));
  }

  @Test
  void keepsTheNewestOfEachActorAndSubjectAndCountsTheRest() {
    Conflation conflation = new Conflation(1, now);
    conflation.add(next("alice"));
    release(conflation);
    for (int i = 0; i < 10; i++) {
      conflation.add(next("alice"));
      conflation.add(next("bob"));
    }

    List<Long> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      now += SECOND;
      sent.addAll(release(conflation));
    }

    assertThat(sent).containsExactly(20L, 21L);
    assertThat(conflation.leftOut(now)).isEqualTo(18);
    assertThat(conflation.leftOut(now + SECOND)).isZero();
  }

  @Test
  void saysAtMostOnceASecondWhatWasLeftOut() {
    Conflation conflation = new Conflation(1, now);
    conflation.add(next("alice"));
    conflation.add(next("alice"));
    assertThat(conflation.leftOut(now)).isEqualTo(1);

    conflation.add(next("alice"));

    assertThat(conflation.leftOut(now + SECOND / 2)).isZero();
    assertThat(conflation.leftOut(now + SECOND)).isEqualTo(1);
  }

  @Test
  void holdsNoMoreThanAThousandBack() {
    Conflation conflation = new Conflation(1, now);
    for (int i = 0; i < 3_000; i++) {
      conflation.add(next("actor-" + i));
    }

    List<Long> left = new ArrayList<>();
    conflation.releaseAll(frame -> left.add(frame.offset()));

    assertThat(left).hasSize(1_000).startsWith(2_001L).endsWith(3_000L).isSorted();
    assertThat(conflation.leftOut(now)).isEqualTo(2_000);
  }

  private RecordedFrame next(String actor) {
    return TestFrames.frame(++offset, Activity.of(actor, "moved"));
  }

  private List<Long> release(Conflation conflation) {
    List<Long> offsets = new ArrayList<>();
    conflation.release(now, frame -> offsets.add(frame.offset()));
    return offsets;
  }

  @Test
  void letsGoOfWhatIsErased() {
    Conflation conflation = new Conflation(10, now);
    conflation.add(next("alice"));
    conflation.add(next("bob"));

    conflation.erase(Erasure.of("alice", TestFrames.START.at(offset)));

    assertThat(release(conflation)).containsExactly(2L);
    assertThat(conflation.leftOut(now)).isZero();
  }
}
