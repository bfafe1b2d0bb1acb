package dev.trailcast.stream.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LagTest {
  private final AtomicLong now = new AtomicLong(-17);
  private final Lag lag = new Lag(now::get);

  @Test
  void isHowLongAgoWhatIsLackingWasAnnounced() {
    lag.reached(7);
    lag.announced(7);
    pass(Duration.ofHours(1));
    assertThat(lag.time()).isZero();

    lag.announced(8);
    pass(Duration.ofSeconds(2));
    lag.announced(9);
    assertThat(lag.time()).isEqualTo(Duration.ofSeconds(2));
    assertThat(lag.isAllowed()).isTrue();

    pass(Duration.ofMillis(1));
    assertThat(lag.isAllowed()).isFalse();

    lag.reached(9);
    assertThat(lag.time()).isZero();
    assertThat(lag.isAllowed()).isTrue();
  }

  @Test
  void isNotAllowedWhereTheJournalIsNotCurrent() {
    AtomicBoolean current = new AtomicBoolean(true);
    Lag behind = new Lag(now::get, current::get);

    assertThat(behind.isAllowed()).isTrue();
    current.set(false);
    assertThat(behind.isAllowed()).isFalse();
    assertThat(behind.keepsUp()).as("it has what is there").isTrue();
  }

  @Test
  void isGoneWhereAnotherHistoryBeginsThoughThatIsShorter() {
    lag.announced(1_000);
    lag.beginAnew(5);
    pass(Duration.ofHours(1));
    assertThat(lag.time()).isZero();

    lag.announced(6);
    pass(Duration.ofSeconds(3));
    assertThat(lag.time()).isEqualTo(Duration.ofSeconds(3));
    lag.reached(6);
    assertThat(lag.time()).isZero();
  }

  @Test
  void staysSmallWhereTheTailFollowsThoughItNeverIsAtTheHead() {
    for (int offset = 1; offset <= 100; offset++) {
      lag.announced(offset);
      pass(Duration.ofMillis(100));
      lag.reached(offset - 1);
      assertThat(lag.time()).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void growsWhereTheTailMovesButNotThere() {
    lag.announced(5);
    pass(Duration.ofSeconds(3));
    lag.reached(4);
    assertThat(lag.time()).isEqualTo(Duration.ofSeconds(3));
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
