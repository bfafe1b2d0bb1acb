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

  @Test
  void givesTheMembersOfAnObjectAsTheyCame() {
    Map<String, RawJson> members =
        RawJson.members(" {\"b\": [1.50, {} ], \"a\\n\":\"\\u00e9\" ,\"c\":null}");

    assertThat(members).hasToString("{b=[1.50,{}], a\n=\"\\u00e9\", c=null}");
    assertThat(RawJson.ofMembers(members))
        .hasToString("{\"b\":[1.50,{}],\"a\\u000a\":\"\\u00e9\",\"c\":null}");
    assertThat(RawJson.ofMembers(Map.of())).hasToString("{}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | the activity must be a JSON object",
        "1 | the activity must be a JSON object",
        "{\"a\":1} 2 | the activity is not JSON: it ends too early", // a number may go on
        "{\"a\":1} {} | the activity is not JSON at line 1, column 9",
        "{\"a\":1 | the activity is not JSON: it ends too early",
        "{\"a\":1,\"b\":2,\"a\":3} | a is given twice"
      })
  void givesNoMembersOfWhatIsNoObject(String json, String problem) {
    assertThatThrownBy(() -> RawJson.members(json))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage(problem);
  }

  @Test
  void isATextOrANumberOrNeither() {
    assertThat(RawJson.parse("\"a\\u00e9\\n\"").string()).contains("aé\n");
    assertThat(RawJson.parse("-1.5").string()).isEmpty();
    assertThat(RawJson.parse("-1.5").isNumber()).isTrue();
    assertThat(RawJson.parse("7").isNumber()).isTrue();
    assertThat(RawJson.parse("\"7\"").isNumber()).isFalse();
    assertThat(RawJson.parse("null").isNumber()).isFalse();
  }

  @Test
  void isTakenApartAndPutTogetherWithItsTokensAsTheyWere() {
    Map<String, RawJson> members = RawJson.members("{\"b\": 1.0, \"a\\\"\": [\"x\", \"\\u0041\"]}");

    assertThat(RawJson.ofMembers(members)).hasToString("{\"b\":1.0,\"a\\\"\":[\"x\",\"\\u0041\"]}");
    assertThat(members.get("a\"").strings()).contains(List.of("x", "A"));
    assertThat(members.get("b").strings()).isEmpty();
    assertThat(RawJson.parse("[1]").strings()).isEmpty();
    assertThat(RawJson.ofText("a\"").string()).contains("a\"");
    assertThat(RawJson.ofMembers(Map.of())).hasToString("{}");
  }
}
