package dev.trailcast.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.settings.SettingException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CanarySettingsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void areOffWhereTheIntervalIsZero() {
    assertThat(new CanarySettings(Duration.ZERO, SECOND).isOn()).isFalse();
    assertThat(new CanarySettings(SECOND, SECOND).isOn()).isTrue();
  }

  @Test
  void refuseWhatWouldCostTooMuchOrCanNotBe() {
    assertThatThrownBy(() -> new CanarySettings(Duration.ofMillis(99), SECOND))
        .isInstanceOf(SettingException.class);
    assertThatThrownBy(() -> new CanarySettings(SECOND.negated(), SECOND))
        .isInstanceOf(SettingException.class);
    assertThatThrownBy(() -> new CanarySettings(SECOND, Duration.ZERO))
        .isInstanceOf(SettingException.class);
  }
}
