package dev.trailcast.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DistributionTest {
  @Test
  void countsAValueInTheFirstBucketThatHoldsIt() {
    Distribution numbers = Distribution.ofNumbers(); // 1, 10, 100 …

    for (long value : new long[] {0, 1, 2, 10, 11, 1_000_000, 1_000_001, Long.MAX_VALUE / 4}) {
      numbers.record(value);
    }

    assertThat(numbers.snapshot().counts()).containsExactly(2, 2, 1, 0, 0, 0, 1, 2);
  }

  @Test
  void knowsHowManyThereWereAndHowMuchTheyAreTogether() {
    Distribution waits = Distribution.ofWaits();

    waits.record(Duration.ofMillis(3));
    waits.record(Duration.ofSeconds(40));

    assertThat(waits.snapshot().count()).isEqualTo(2);
    assertThat(waits.snapshot().sum()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(40_003));
  }

  @Test
  void takesWhatIsBelowNothingForNothing() {
    Distribution waits = Distribution.ofWaits();

    waits.record(-5);

    assertThat(waits.snapshot().counts()[0]).isEqualTo(1);
    assertThat(waits.snapshot().sum()).isZero();
  }

  @Test
  void losesNothingThatManyRecordAtOnce() throws InterruptedException {
    Distribution numbers = Distribution.ofNumbers();
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (int each = 0; each < 10_000; each++) {
                  numbers.record(each % 20);
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(numbers.snapshot().count()).isEqualTo(40_000);
    assertThat(numbers.snapshot().sum()).isEqualTo(4 * 500 * 190);
  }
}
