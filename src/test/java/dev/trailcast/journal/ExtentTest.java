package dev.trailcast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.trailcast.journal.Extent.Location;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtentTest {
  private static final StreamPosition FLOOR = new StreamPosition("k3f9", 5);
  private static final StreamPosition HEAD = FLOOR.at(9);

  @ParameterizedTest
  @CsvSource({
    "k3f9, 0, EXPIRED",
    "k3f9, 4, EXPIRED",
    "k3f9, 5, HERE",
    "k3f9, 9, HERE",
    "k3f9, 10, AHEAD",
    "other, 7, UNKNOWN",
    "other, 10, UNKNOWN"
  })
  void knowsWhereAPositionLies(String epoch, long offset, Location location) {
    assertThat(new Extent(FLOOR, HEAD).locate(new StreamPosition(epoch, offset)))
        .isEqualTo(location);
  }

  @Test
  void refusesToReachBackwardsOrIntoAnotherJournal() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Extent(HEAD, FLOOR));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Extent(new StreamPosition("other", 5), HEAD));
  }
}
