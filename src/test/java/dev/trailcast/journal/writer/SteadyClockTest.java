package dev.trailcast.journal.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.journal.HandSetClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final Duration TEN_DAYS = Duration.ofDays(10);
  private static final Instant START = HandSetClock.START;

  private final HandSetClock clock = new HandSetClock();
  private final SteadyClock steady = new SteadyClock(clock, clock::nanoTime, Duration.ofMinutes(2));

  @Test
  void goesWithTheClock() {
    clock.advance(TEN_DAYS);

    assertThat(steady.instant()).isEqualTo(START.plus(TEN_DAYS));
    assertThat(steady.leap()).isZero();
  }

  @Test
  void followsWhatIsNoLeap() {
    clock.leap(Duration.ofSeconds(50));
    assertThat(steady.instant()).isEqualTo(START.plusSeconds(50));
    clock.leap(Duration.ofSeconds(-50));

    assertThat(steady.instant()).isEqualTo(START);
  }

  @Test
  void doesNotFollowALeapThatIsTakenBack() {
    clock.leap(TEN_DAYS);
    clock.advance(Duration.ofSeconds(3));
    assertThat(steady.instant()).isEqualTo(START.plusSeconds(3));
    assertThat(steady.leap()).isEqualTo(TEN_DAYS);
    clock.leap(TEN_DAYS.negated());
    clock.advance(Duration.ofHours(1));

    assertThat(steady.instant()).isEqualTo(clock.instant());
    assertThat(steady.leap()).isZero();
  }

  @Test
  void followsALeapThatLasts() {
    clock.leap(TEN_DAYS.negated());
    assertThat(steady.instant()).isEqualTo(START);
    clock.advance(Duration.ofMinutes(2).minusNanos(1));
    assertThat(steady.leap()).isEqualTo(TEN_DAYS.negated());
    assertThat(steady.instant()).isAfter(START);
    clock.advance(Duration.ofNanos(1));

    assertThat(steady.instant()).isEqualTo(clock.instant());
    assertThat(steady.leap()).isZero();
  }

  @Test
  void waitsAnewForEachLeap() {
    clock.leap(TEN_DAYS);
    steady.instant();
    clock.advance(Duration.ofMinutes(1));
    clock.leap(TEN_DAYS);
    steady.instant();
    clock.advance(Duration.ofMinutes(1));

    assertThat(steady.instant()).isEqualTo(START.plusSeconds(120));
    assertThat(steady.leap()).isEqualTo(TEN_DAYS.multipliedBy(2));
  }
}
