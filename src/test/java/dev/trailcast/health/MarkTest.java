package dev.trailcast.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkTest {
  @Test
  void isReachedFrom95PercentOnUntilItIsBelow90Again() {
    Mark mark = new Mark(1);

    assertThat(mark.look(0.94)).isFalse();
    assertThat(mark.look(0.95)).isTrue();
    assertThat(mark.look(0.90)).isTrue();
    assertThat(mark.look(0.89)).isFalse();
    assertThat(mark.look(0.94)).isFalse();
  }

  @Test
  void isNotReachedByWhatIsGoneWithTheNextLook() {
    Mark mark = new Mark(3);
    mark.look(1);
    mark.look(1);
    assertThat(mark.look(0.5)).isFalse();
    mark.look(1);
    assertThat(mark.look(1)).isFalse();

    assertThat(mark.look(1)).isTrue();
    assertThat(mark.look(0.91)).isTrue();
    assertThat(mark.look(0.5)).isFalse();
  }
}
