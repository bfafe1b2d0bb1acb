package dev.trailcast.ingest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.settings.SettingException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class IngestSettingsTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  @Test
  void takesWhatIsWithinItsBounds() {
    settings(1, 0, 1, Duration.ofNanos(1), bodies(1, 1, 10, 1, 1, Duration.ofNanos(1)));
    settings(
        16 << 20,
        500,
        1 << 30,
        Duration.ofDays(1),
        bodies(1 << 30, 10, Long.MAX_VALUE, 9, 9, Duration.ofDays(1)));
  }

  @Test
  void saysWhatIsOutOfItsBounds() {
    IngestSettings.Bodies bodies = bodies(1_000, 100, 8_002, 1, 1, TEN_SECONDS);
    refuses(
        () -> settings(0, 64, 1, TEN_SECONDS, bodies),
        "maxActivityBytes must be between 1 and 16777216, not 0");
    refuses(
        () -> settings(1, 501, 1, TEN_SECONDS, bodies),
        "maxDepth must be between 0 and 500, not 501");
    refuses(
        () -> settings(1_001, 64, 1_001, TEN_SECONDS, bodies),
        "maxBodyBytes must be between 1001 and 1073741824, not 1000");
    refuses(
        () -> settings(1_000, 64, 999, TEN_SECONDS, bodies),
        "maxTransactionBytes must be between 1000 and 1073741824, not 999");
    refuses(
        () -> settings(1, 64, 1, Duration.ZERO, bodies), "ackTimeout must be positive, not PT0S");
    refuses(
        () -> bodies(1, 0, 5, 1, 1, TEN_SECONDS),
        "maxBodyActivities must be between 1 and 2147483647, not 0");
    refuses(
        () -> bodies(1, 1, 5, 0, 1, TEN_SECONDS),
        "maxBodiesAtOnce must be between 1 and 2147483647, not 0");
    refuses(
        () -> bodies(1, 1, 5, 1, 0, TEN_SECONDS),
        "maxLinesAtOnce must be between 1 and 2147483647, not 0");
    refuses(
        () -> bodies(1, 1, 5, 1, 1, Duration.ofSeconds(-1)),
        "bodyTimeout must be positive, not PT-1S");
  }

  @Test
  void wantsRoomForTheLargestBodyAndTheLongestLine() {
    refuses(
        () -> settings(1_000, 64, 1_000, TEN_SECONDS, bodies(9_000, 1, 17_999, 1, 1, TEN_SECONDS)),
        "maxHeldBytes must be between 18000 and 9223372036854775807, not 17999");
    refuses(
        () -> settings(1_000, 64, 1_000, TEN_SECONDS, bodies(1_000, 1, 8_001, 1, 1, TEN_SECONDS)),
        "maxHeldBytes must be between 8002 and 9223372036854775807, not 8001");
  }

  @Test
  void saysWhatRateThereCanBe() {
    new IngestSettings.Rate(0, 1_000_000_000_000L, Duration.ofDays(1));
    refuses(
        () -> new IngestSettings.Rate(-1, 0, TEN_SECONDS),
        "activities must be between 0 and 1000000000000, not -1");
    refuses(
        () -> new IngestSettings.Rate(0, 1_000_000_000_001L, TEN_SECONDS),
        "bytes must be between 0 and 1000000000000, not 1000000000001");
    refuses(
        () -> new IngestSettings.Rate(0, 0, Duration.ZERO),
        "burst must be positive, and PT24H at most, not PT0S");
    refuses(
        () -> new IngestSettings.Rate(0, 0, Duration.ofDays(1).plusNanos(1)),
        "burst must be positive, and PT24H at most, not PT24H0.000000001S");
  }

  private static void settings(
      int activityBytes,
      int depth,
      int transactionBytes,
      Duration ackTimeout,
      IngestSettings.Bodies bodies) {
    new IngestSettings(
        activityBytes, depth, transactionBytes, ackTimeout, bodies, TestSettings.ANY_RATE);
  }

  private static IngestSettings.Bodies bodies(
      int bytes, int activities, long held, int atOnce, int linesAtOnce, Duration timeout) {
    return new IngestSettings.Bodies(bytes, activities, held, atOnce, linesAtOnce, timeout);
  }

  private static void refuses(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(SettingException.class).hasMessage(message);
  }
}
