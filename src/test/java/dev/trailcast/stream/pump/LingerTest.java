package dev.trailcast.stream.pump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LingerTest {
  private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int PUMPS = 2;

  private long now = 1_000;
  private final Linger linger = new Linger(PUMPS, now);

  @Test
  void nobodyWaitsWhileThePumpsHaveTimeLeft() {
    pass(100, 0.8);

    assertThat(linger.nanos()).isZero();
  }

  @Test
  void readersWaitLongerAsLongAsThePumpsAreBusyButNeverLongerThanFiftyMilliseconds() {
    pass(1, 0.95);
    long first = linger.nanos();
    pass(1, 0.95);
    long second = linger.nanos();
    pass(100, 0.95);

    assertThat(first).isPositive();
    assertThat(second).isGreaterThan(first);
    assertThat(linger.nanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
  }

  @Test
  void theDelayStaysWhereThePumpsAreNeitherBusyNorIdle() {
    pass(5, 0.95);
    long reached = linger.nanos();

    pass(100, 0.8);

    assertThat(linger.nanos()).isEqualTo(reached);
  }

  @Test
  void nobodyWaitsAnyLongerWhenTheLoadIsOver() {
    pass(100, 0.95);
    pass(100, 0.6);

    assertThat(linger.nanos()).isZero();
  }

  /** Lets windows pass in which every pump was busy for this share of the time. */
  private void pass(int windows, double share) {
    for (int i = 0; i < windows; i++) {
      now += WINDOW;
      linger.busy((long) (WINDOW * PUMPS * share));
      linger.adjust(now);
    }
  }
}
