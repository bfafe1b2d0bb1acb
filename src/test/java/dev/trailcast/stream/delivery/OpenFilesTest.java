package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OpenFilesTest {
  @Test
  void saysWhereReadersWouldHaveNoPlaceAndNamesBothNumbers() {
    assertThat(new OpenFiles(20_000).tooFewFor(20_000))
        .hasValueSatisfying(
            said -> assertThat(said).contains("readers.max is 20000", "may open 20000 files"));
    assertThat(new OpenFiles(1024).tooFewFor(100)).isPresent();
    assertThat(new OpenFiles(21_000).tooFewFor(20_000)).isEmpty();
    assertThat(new OpenFiles(OpenFiles.UNKNOWN).tooFewFor(1_000_000)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void knowsTheLimitOfThisProcess() {
    assertThat(OpenFiles.ofThisProcess().most()).isBetween(1L, OpenFiles.UNKNOWN - 1);
  }
}
