package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
  @Test
  void goesThroughEverythingThatIsWrittenToAReader(@TempDir Path directory) throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      assertThatCode(new Rehearsal(trail.trail.compression(), trail.trail.tail().head())::run)
          .doesNotThrowAnyException();
    }
  }
}
