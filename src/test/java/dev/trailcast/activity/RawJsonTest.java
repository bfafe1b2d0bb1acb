package dev.trailcast.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawJsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 | 0",
        "\"[[{{\" | 0",
        "\"\\\"[\" | 0",
        "[] | 1",
        "{\"a\":1} | 1",
        "[[],[[]]] | 3",
        "{\"a\":[{\"b\":\"]\"}]} | 3"
      })
  void knowsItsDepth(String json, int depth) {
    assertThat(RawJson.parse(json).depth()).isEqualTo(depth);
  }

  @Test
  void isWhatJsonBindingMakesOfAValue() {
    assertThat(RawJson.of(Map.of("a", List.of(1, "b")))).hasToString("{\"a\":[1,\"b\"]}");
    assertThat(RawJson.of("a")).hasToString("\"a\"");
    assertThat(RawJson.of(1.50)).hasToString("1.5");
  }

  @Test
  void isEqualWhereTheTokensAre() {
    assertThat(RawJson.parse("[1, 2]"))
        .isEqualTo(RawJson.parse(" [1,2] "))
        .hasSameHashCodeAs(RawJson.parse("[1,2]"))
        .isNotEqualTo(RawJson.parse("[1,2.0]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "1 2", "[1", "{\"a\":}", "tru", "[1]]", "\"a"})
  void refusesWhatIsNotOneJsonValue(String json) {
    assertThatThrownBy(() -> RawJson.parse(json)).isInstanceOf(InvalidActivityException.class);
  }
}
