package dev.trailcast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatheringTest {
  private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int PUMPS = 2;

  private long now = 1_000;
  private final Gathering gathering = new Gathering(PUMPS, now);

  @Test
  void nobodyWaitsWhileThePumpsHaveLittleToDo() {
    pass(100, 0.4);

    assertThat(gathering.delay()).isZero();
  }

  @Test
  void readersWaitLongerAsLongAsThePumpsAreBusyButNeverLongerThanFiftyMilliseconds() {
    pass(1, 0.9);
    long first = gathering.delay();
    pass(1, 0.9);
    long second = gathering.delay();
    pass(100, 0.9);

    assertThat(first).isPositive();
    assertThat(second).isGreaterThan(first);
    assertThat(gathering.delay()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
  }

  @Test
  void theDelayStaysWhereThePumpsAreNeitherBusyNorIdle() {
    pass(5, 0.9);
    long reached = gathering.delay();

    pass(100, 0.4);

    assertThat(gathering.delay()).isEqualTo(reached);
  }

  @Test
  void nobodyWaitsAnyLongerWhenTheLoadIsOver() {
    pass(100, 0.9);
    pass(100, 0.1);

    assertThat(gathering.delay()).isZero();
  }

  /** Lets windows pass in which every pump was busy for this share of the time. */
  private void pass(int windows, double share) {
    for (int i = 0; i < windows; i++) {
      now += WINDOW;
      gathering.busy((long) (WINDOW * PUMPS * share));
      gathering.adjust(now);
    }
  }
}
