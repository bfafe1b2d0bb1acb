package dev.trailcast.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** One comes every 5 s, and may take 10. */
class FlightTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L); // turns soon
  private final Flight flight =
      new Flight(new CanarySettings(Duration.ofSeconds(5), Duration.ofSeconds(10)), now::get);

  @Test
  void measuresFromTheSendingToTheWriter() {
    flight.sent("a");
    passMillis(3);
    flight.announced("a"); // first: the journal answers last
    flight.durable("a");
    passMillis(4);
    flight.written("a");
    passMillis(1_000);

    assertThat(flight.arrivals()).isOne();
    assertThat(flight.latency()).contains(Duration.ofMillis(7));
    assertThat(flight.worst()).isEqualTo(Duration.ofMillis(7));
    assertThat(flight.sinceLast()).contains(Duration.ofSeconds(1));
    assertThat(flight.problem()).isEmpty();
  }

  @Test
  void knowsNothingBeforeTheFirst() {
    assertThat(flight.latency()).isEmpty();
    assertThat(flight.sinceLast()).isEmpty();
    assertThat(flight.worst()).isZero();
    assertThat(flight.problem()).isEmpty();
  }

  @Test
  void keepsTheWorstOfTheLastMinute() {
    fly("a", 900);
    for (int second = 5; second <= 60; second += 5) {
      passMillis(5_000 - 2);
      fly("b" + second, 2);
    }
    assertThat(flight.worst()).isEqualTo(Duration.ofMillis(900));

    passMillis(1);

    assertThat(flight.worst()).isEqualTo(Duration.ofMillis(2));
    assertThat(flight.latency()).contains(Duration.ofMillis(2));
  }

  @Test
  void keepsTheLastWhereNoneCameInTheLastMinute() {
    fly("a", 900);
    passMillis(3_600_000);

    assertThat(flight.worst()).isEqualTo(Duration.ofMillis(900));
  }

  @Test
  void countsTheOneOnItsWayAmongTheWorst() {
    fly("a", 2);
    flight.sent("b");
    passMillis(4_000);

    assertThat(flight.worst()).isEqualTo(Duration.ofSeconds(4));
    assertThat(flight.latency()).contains(Duration.ofMillis(2));
  }

  @Test
  void isLateWhenNoneHasComeForTheIntervalAndAsLongAsItMayTakeAndComesBackWithTheNext() {
    fly("a", 1);
    passMillis(5_000);
    flight.sent("b");
    passMillis(9_999);
    assertThat(flight.problem()).isEmpty();
    passMillis(1);

    assertThat(flight.problem())
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("for 15 s", "is not durable yet"));

    flight.durable("b");
    assertThat(flight.problem())
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("durable, but what readers follow"));
    flight.announced("b");
    assertThat(flight.problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("has not been written"));
    flight.written("b");
    assertThat(flight.problem()).isEmpty();
  }

  @Test
  void saysWhyItCouldNotBeRecorded() {
    flight.sent("a");
    flight.failed("a", "the disk is full");
    passMillis(15_000);

    assertThat(flight.problem())
        .hasValueSatisfying(
            problem -> assertThat(problem).endsWith("could not be recorded: the disk is full"));
  }

  @Test
  void saysThatNoneIsSent() {
    fly("a", 1);
    passMillis(15_000);

    assertThat(flight.problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("no more is sent"));
  }

  @Test
  void sendsOneAtATime() {
    assertThat(flight.isNextDue()).isTrue();
    flight.sent("a");
    passMillis(3_600_000);
    assertThat(flight.isNextDue()).isFalse(); // the journal will answer
    flight.durable("a");
    flight.written("a");

    assertThat(flight.isNextDue()).isTrue();
  }

  @Test
  void sendsAnotherWhereOneFailedOrGotLost() {
    flight.sent("a");
    flight.failed("a", "for now");
    assertThat(flight.isNextDue()).isTrue();
    flight.sent("b");
    flight.durable("b");
    passMillis(9_999);
    assertThat(flight.isNextDue()).isFalse();
    passMillis(1);

    assertThat(flight.isNextDue()).isTrue();
  }

  @Test
  void takesNoNoticeOfOneThatWasGivenUp() {
    flight.sent("a");
    flight.failed("a", "for now");
    passMillis(15_000);
    flight.sent("b");
    flight.durable("a");
    flight.announced("a");
    flight.written("a");
    flight.failed("a", "too late");

    assertThat(flight.problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("is not durable yet"));
    assertThat(flight.latency()).isEmpty();
  }

  private void fly(String id, long millis) {
    flight.sent(id);
    flight.durable(id);
    flight.announced(id);
    passMillis(millis);
    flight.written(id);
  }

  private void passMillis(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
