package dev.trailcast.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPositionTest {
  @Test
  void isReadAsItIsWritten() {
    StreamPosition position = new StreamPosition("k3f9", 1_048_576);

    assertThat(position).hasToString("k3f9-1048576");
    assertThat(StreamPosition.parse("k3f9-1048576")).hasValue(position);
    assertThat(StreamPosition.parse("k3f9-0")).hasValue(position.at(0));
  }

  @Test
  void hasItsEraInItsTextWhereThatIsNotTheFirst() {
    StreamPosition position = new StreamPosition("k3f9", 12, 7);

    assertThat(position).hasToString("k3f9.12-7");
    assertThat(StreamPosition.parse("k3f9.12-7")).hasValue(position);
  }

  @Test
  void takesTheLargestOffsetAndTheLongestEpoch() {
    StreamPosition last = new StreamPosition("e".repeat(32), 999_999_999_999_999_999L);

    assertThat(StreamPosition.parse(last.toString())).hasValue(last);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "k3f9",
        "k3f9-",
        "-1",
        "1",
        "k3f9--1",
        "k3f9-+1",
        "k3f9-1 ",
        " k3f9-1",
        "K3F9-1",
        "k3f9_1",
        "k3f9.-1",
        "k3f9.0-1",
        "k3f9.01-1",
        "k3f9.1.2-1",
        "k3f9.1000000000-1",
        ".1-1",
        "k3f9-1.2",
        "k3f9-1-2",
        "k3f9-1a",
        "k3f9-٣",
        "k3f9-1000000000000000000",
        "é-1",
        "k3f9-1\n",
        "000000000000000000000000000000000-1"
      })
  void isNotReadFromAnythingElse(String text) {
    assertThat(StreamPosition.parse(text)).isEmpty();
  }

  @Test
  void refusesAnEpochThatCouldNotBeSent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StreamPosition("A b", 1))
        .withMessageContaining("[a-z0-9]{1,32}");
    assertThatIllegalArgumentException().isThrownBy(() -> new StreamPosition("", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new StreamPosition("k3f9", -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new StreamPosition("k3f9", -1, 1));
  }
}
