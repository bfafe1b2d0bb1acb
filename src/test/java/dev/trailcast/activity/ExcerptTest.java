package dev.trailcast.activity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void leavesWhatIsShortAsItIs() {
    assertThat(Excerpt.of("", 3)).isEmpty();
    assertThat(Excerpt.of("abc", 3)).isEqualTo("abc");
    assertThat(Excerpt.of("a𝄞", 3)).isEqualTo("a𝄞");
  }

  @Test
  void showsThatThereIsMore() {
    assertThat(Excerpt.of("abcd", 3)).isEqualTo("abc…");
  }

  @Test
  void cutsNoCharacterInTwo() {
    assertThat(Excerpt.of("ab𝄞", 3)).isEqualTo("ab…");
    assertThat(Excerpt.of("a𝄞b", 3)).isEqualTo("a𝄞…");
  }
}
