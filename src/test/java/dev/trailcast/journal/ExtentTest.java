package dev.trailcast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.trailcast.journal.Extent.Location;
import dev.trailcast.journal.Lineage.Era;
import java.util.List;
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

  @ParameterizedTest
  @CsvSource({
    "k3f9.2-4, EXPIRED",
    "k3f9.2-5, UNKNOWN",
    "k3f9.3-100, HERE",
    "k3f9.3-101, UNKNOWN",
    "k3f9.4-100, HERE",
    "k3f9.4-101, UNKNOWN",
    "k3f9.5-101, HERE",
    "k3f9.5-151, UNKNOWN",
    "k3f9.7-200, HERE",
    "k3f9.7-201, AHEAD",
    "k3f9.7-300, AHEAD",
    "k3f9.7-301, AHEAD",
    "k3f9.8-150, AHEAD",
    "k3f9.8-300, AHEAD",
    "k3f9.8-301, AHEAD",
    "other.7-200, UNKNOWN"
  })
  void knowsWhatWasGivenByWhomAndThenLost(String position, Location location) {
    Lineage lineage = new Lineage(List.of(new Era(3, 4), new Era(5, 100), new Era(7, 150)));
    Extent extent =
        new Extent(
            new StreamPosition("k3f9", 3, 5), new StreamPosition("k3f9", 7, 200), lineage, 300);

    assertThat(extent.locate(StreamPosition.parse(position).orElseThrow())).isEqualTo(location);
  }

  @Test
  void comesOnlyToWhatMayHaveBeenGivenElsewhere() {
    Extent copy = new Extent(FLOOR, HEAD, Lineage.ONE, 12);

    assertThat(copy.mayComeTo(HEAD.at(12))).isTrue();
    assertThat(copy.mayComeTo(HEAD.at(13))).isFalse();
    assertThat(new Extent(FLOOR, HEAD).mayComeTo(HEAD.at(10))).isFalse();
  }

  @Test
  void namesAPositionByTheEraInWhichItWasGiven() {
    Lineage lineage = new Lineage(List.of(new Era(3, 4), new Era(5, 100)));
    Extent extent =
        new Extent(
            new StreamPosition("k3f9", 3, 5), new StreamPosition("k3f9", 5, 200), lineage, 200);

    assertThat(extent.at(100)).hasToString("k3f9.3-100");
    assertThat(extent.at(101)).hasToString("k3f9.5-101");
    assertThat(extent.at(2)).hasToString("k3f9.3-2");
  }

  @Test
  void continuesWhatHasGrownOrExpiredButNotWhatHasLost() {
    Extent before = new Extent(FLOOR, HEAD);

    assertThat(new Extent(FLOOR.at(9), HEAD.at(20)).continues(before)).isTrue();
    assertThat(new Extent(FLOOR.at(12), HEAD.at(20)).continues(before)).isTrue();
    assertThat(new Extent(FLOOR, HEAD.at(8)).continues(before)).isFalse();
    assertThat(
            new Extent(
                    FLOOR,
                    new StreamPosition("k3f9", 1, 30),
                    new Lineage(List.of(new Era(0, 0), new Era(1, 8))),
                    30)
                .continues(before))
        .isFalse();
  }

  @Test
  void refusesErasThatDoNotFollowEachOther() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Lineage(List.of(new Era(3, 4), new Era(3, 9))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Lineage(List.of(new Era(3, 4), new Era(4, 3))));
  }

  @Test
  void refusesToReachBackwardsOrIntoAnotherJournal() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Extent(HEAD, FLOOR));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Extent(new StreamPosition("other", 5), HEAD));
  }
}
