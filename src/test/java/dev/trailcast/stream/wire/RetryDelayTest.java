package dev.trailcast.stream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelayTest {
  private final RetryDelay delay = new RetryDelay(Duration.ofSeconds(2), Duration.ofSeconds(5));

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, 1000, 3000",
    "BUSY, 5000, 10000",
    "FULL, 30000, 60000",
    "LIMITED, 30000, 60000",
    "DRAINING, 30000, 60000"
  })
  void isLongWhereThereIsNoRoomAndShortWhereThereSoonIs(CloseReason reason, long least, long most) {
    for (int i = 0; i < 100; i++) {
      assertThat(delay.refused(reason)).isBetween(least, most);
    }
  }
}
