package dev.trailcast.stream.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.settings.SettingException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchLimitsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, PT1S, threads",
    "1, 0, 1, PT1S, max",
    "1, 1, 0, PT1S, activities",
    "1, 1, 1, PT0S, time"
  })
  void saysWhichOneIsNotAllowed(
      int threads, int max, int activities, Duration time, String component) {
    assertThatThrownBy(() -> new SearchLimits(threads, max, activities, time))
        .isInstanceOfSatisfying(
            SettingException.class, e -> assertThat(e.component()).isEqualTo(component));
  }
}
