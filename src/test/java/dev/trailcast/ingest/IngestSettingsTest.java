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
    new IngestSettings(1, 0, 1, 100, 1, Duration.ofNanos(1));
    new IngestSettings(16 << 20, 500, 1 << 30, 100, 1 << 30, Duration.ofDays(1));
  }

  @Test
  void saysWhatIsOutOfItsBounds() {
    refuses(
        () -> new IngestSettings(0, 64, 1, 100, 1, TEN_SECONDS),
        "maxActivityBytes must be between 1 and 16777216, not 0");
    refuses(
        () -> new IngestSettings(1, 501, 1, 100, 1, TEN_SECONDS),
        "maxDepth must be between 0 and 500, not 501");
    refuses(
        () -> new IngestSettings(1_000, 64, 999, 100, 1_000, TEN_SECONDS),
        "maxBodyBytes must be between 1000 and 1073741824, not 999");
    refuses(
        () -> new IngestSettings(1, 64, 1, 0, 1, TEN_SECONDS),
        "maxBodyActivities must be between 1 and 2147483647, not 0");
    refuses(
        () -> new IngestSettings(1, 64, 1, 100, 1, Duration.ZERO),
        "ackTimeout must be positive, not PT0S");
  }

  private static void refuses(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(SettingException.class).hasMessage(message);
  }
}
