package dev.trailcast.stream.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What becomes of one reader's turn, step by step: no pump runs but the test. */
class TurnStepsTest {
  private final Pumps pumps = new Pumps(new PumpCount(1, 5), work -> new Thread(() -> {}));

  @Test
  void isStalledWhileItTakesNothingOfWhatItWasSent() {
    Turn turn = turn(Turn.Next.WHEN_WOKEN);

    turn.judge(0);
    turn.judge(0);
    assertThat(turn.isStalled()).as("it was sent nothing").isFalse();
    turn.judge(1_000);
    assertThat(turn.isStalled()).as("it has had no time to take it").isFalse();
    turn.judge(1_000);
    assertThat(turn.isStalled()).isTrue();
    turn.judge(999);
    assertThat(turn.isStalled()).as("it has taken a byte").isFalse();
    turn.judge(2_000);
    assertThat(turn.isStalled()).isTrue();
    turn.judge(0);
    assertThat(turn.isStalled()).isFalse();
  }

  @Test
  void isApartUntilItWasSeenToReadTwiceAsOftenEachTime() {
    Turn turn = turn(Turn.Next.WHEN_WOKEN);
    for (int often : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 1_024}) {
      turn.setApart();
      assertThat(turn.isStalled()).isTrue();
      for (int seen = 1; seen < often; seen++) {
        turn.judge(0);
        turn.judge(1);
      }
      assertThat(turn.isApart()).as("seen %d times", often - 1).isTrue();
      turn.judge(0);
      assertThat(turn.isApart()).as("seen %d times", often).isFalse();
    }
    turn.judge(0);
    turn.setApart();
    assertThat(turn.isApart()).isTrue();
  }

  @Test
  void staysApartWhileAPumpHasIt() {
    Turn[] turn = new Turn[1];
    turn[0] =
        turn(
            () -> {
              turn[0].judge(0);
              turn[0].wake();
              turn[0].judge(0);
              return Turn.Next.WHEN_WOKEN;
            });
    turn[0].setApart();

    turn[0].givenBack();
    serve(turn[0]);

    assertThat(turn[0].isApart()).isTrue();
    turn[0].judge(0);
    assertThat(turn[0].isApart()).isFalse();
  }

  @Test
  void standsWithTheOthersAgainWhereItStoodApart() throws Exception {
    Turn turn = turn(Turn.Next.WHEN_WOKEN);
    turn.setApart();
    turn.begin();
    assertThat(pumps.stalledWaiting()).isOne();

    turn.judge(0);

    assertThat(pumps.stalledWaiting()).isZero();
    assertThat(pumps.nextReady()).isSameAs(turn);
  }

  @Test
  void isTrustedOnceItWasSeenToReadWhereAnybodySeesThat() {
    Turn turn = turn(Turn.Next.WHEN_WOKEN);
    assertThat(turn.isTrusted()).isTrue();

    pumps.setProvable(true);
    assertThat(turn.isTrusted()).isFalse();
    turn.prove();
    assertThat(turn.isTrusted()).isTrue();
  }

  @Test
  void isTrustedWhereItStandsApartAndAfterwards() {
    pumps.setProvable(true);
    Turn turn = turn(Turn.Next.WHEN_WOKEN);

    turn.setApart();
    assertThat(turn.isTrusted()).isTrue();
    turn.judge(0);
    assertThat(turn.isApart()).isFalse();
    assertThat(turn.isTrusted()).isTrue();
  }

  @Test
  void waitsForItsProofWhereThereIsMoreToWrite() throws Exception {
    pumps.setProvable(true);
    Turn turn = turn(Turn.Next.AT_ONCE);
    turn.begin();
    serve(pumps.nextReady());
    assertThat(pumps.awaitingProof()).containsExactly(turn);
    assertThat(pumps.stalledWaiting()).isOne();

    turn.prove();

    assertThat(pumps.awaitingProof()).isEmpty();
    assertThat(pumps.nextReady()).isSameAs(turn);
    serve(turn);
    assertThat(pumps.nextReady()).as("from now on it need not wait").isSameAs(turn);
  }

  @Test
  void waitsForItsProofWhereItIsStuckUntilItReads() throws Exception {
    pumps.setProvable(true);
    Turn turn = turn(Turn.Next.WHEN_WOKEN);
    turn.judge(1_000);
    turn.judge(1_000);
    turn.begin();
    assertThat(pumps.awaitingProof()).containsExactly(turn);

    turn.prove();

    assertThat(turn.isStalled()).isFalse();
    assertThat(pumps.nextReady()).isSameAs(turn);
    turn.judge(1_000);
    assertThat(turn.isStalled()).as("what it had before is of no matter now").isFalse();
  }

  @Test
  void standsInTheQueueAgainWhereItWasWokenWhileItWasServed() throws Exception {
    Turn[] turn = new Turn[1];
    turn[0] =
        turn(
            () -> {
              turn[0].wake();
              turn[0].wake();
              return Turn.Next.WHEN_WOKEN;
            });
    turn[0].begin();
    turn[0].wake();
    serve(pumps.nextReady());

    assertThat(turn[0].isIdle()).isFalse();
    assertThat(pumps.nextReady()).isSameAs(turn[0]);
    assertThat(pumps.nextReady()).as("once").isNull();
  }

  @Test
  void standsInTheQueueAgainWhereThereIsMore() throws Exception {
    for (Turn.Next next : new Turn.Next[] {Turn.Next.AT_ONCE, Turn.Next.IN_COMPANY}) {
      Turn turn = turn(next);
      turn.begin();
      serve(pumps.nextReady());

      assertThat(pumps.nextReady()).isSameAs(turn);
    }
  }

  @Test
  void standsInTheQueueWhereItIsDueAlready() throws Exception {
    Turn turn = turn(Turn.Next.at(System.nanoTime()));
    turn.begin();
    serve(pumps.nextReady());

    assertThat(pumps.nextReady()).isSameAs(turn);
  }

  @Test
  void waitsUntilItIsDueTheEarlierBeforeTheLater() {
    long now = System.nanoTime();
    Turn earlier = turn(Turn.Next.at(now + TimeUnit.HOURS.toNanos(10)));
    Turn later = turn(Turn.Next.at(now + TimeUnit.HOURS.toNanos(20)));
    for (Turn turn : new Turn[] {earlier, later}) {
      turn.givenBack();
      serve(turn);
      assertThat(turn.isIdle()).as("it is woken by the clock").isFalse();
    }

    assertThat(earlier).isLessThan(later);
    assertThat(later).isGreaterThan(earlier);
    assertThat(earlier.getDelay(TimeUnit.HOURS)).isBetween(8L, 10L);
    assertThat(later.getDelay(TimeUnit.HOURS)).isBetween(18L, 20L);
  }

  @Test
  void isServedByNobodyOnceItHasEnded() {
    Turn[] turn = new Turn[1];
    int[] served = new int[1];
    turn[0] =
        turn(
            () -> {
              served[0]++;
              turn[0].end();
              return Turn.Next.NEVER;
            });
    turn[0].givenBack();
    serve(turn[0]);
    serve(turn[0]);

    assertThat(served[0]).isOne();
    assertThat(turn[0].hasEnded()).isTrue();
    assertThat(turn[0].woken()).isFalse();
    assertThat(turn[0].isIdle()).isFalse();
  }

  @Test
  void canBeWokenAgainWhereItsWorkHasFailed() throws Exception {
    Turn turn =
        turn(
            () -> {
              throw new NoClassDefFoundError("on purpose");
            });
    turn.givenBack();
    assertThatThrownBy(() -> serve(turn)).isInstanceOf(NoClassDefFoundError.class);
    assertThat(turn.isIdle()).isTrue();

    turn.wake();
    assertThat(pumps.nextReady()).isSameAs(turn);
  }

  @Test
  void staysEndedWhereItsWorkHasFailedAfterIt() {
    Turn[] turn = new Turn[1];
    turn[0] =
        turn(
            () -> {
              turn[0].end();
              throw new NoClassDefFoundError("on purpose");
            });
    turn[0].givenBack();
    assertThatThrownBy(() -> serve(turn[0])).isInstanceOf(NoClassDefFoundError.class);

    assertThat(turn[0].hasEnded()).isTrue();
  }

  private Turn turn(Turn.Next next) {
    return turn(() -> next);
  }

  private Turn turn(Supplier<Turn.Next> serving) {
    return pumps.turn(
        new Turn.Work() {
          @Override
          public Turn.Next serve(WriteBuffer out, Frame[] frames, long now) {
            return serving.get();
          }

          @Override
          public long lastWrite() {
            return System.nanoTime();
          }
        });
  }

  private static void serve(Turn turn) {
    turn.serve(null, null, System.nanoTime());
  }
}
