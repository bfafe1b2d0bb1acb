package dev.trailcast.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementsTest {
  private static final int LONGEST = 100;

  @Test
  void givesTheGoodOnesBesideTheBadOnes() {
    assertThat(
            read(
                """
                [{"type":"t","id":"1"}, 7, {"type":"t","id":"2","id":"3","data":{"a":[1]}}, [{}],
                 null, {"type":"t","id":"4","data":[{},"]",",","}","\\"]","\\\\"]}, "[{", %s]
                """
                    .formatted("[" + "1,".repeat(LONGEST) + "1]")))
        .containsExactly(
            "1",
            "the activity must be a JSON object",
            "id is given twice",
            "the activity must be a JSON object",
            "the activity must be a JSON object",
            "4",
            "the activity must be a JSON object",
            OversizedActivityException.asSent(LONGEST).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", " [ \r\n\t] ", "[[]]", "[1 , 2]", "[\"é\\\\\",\"\\\"\",{\"]\":[]}]"})
  void takesAnyArray(String json) {
    assertThat(count(json, 10)).isLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "1",
        "[",
        "[1",
        "[1,",
        "[,]",
        "[1,]",
        "[,1]",
        "[1,,2]",
        "[1]]",
        "[1] x",
        "[] []",
        "[1 2]",
        "[tru]",
        "[01]",
        "[{]}",
        "[}]",
        "[{],1}]",
        "[[}]",
        "[{\"type\":\"t\"}",
        "[{\"type\":\"t\"},]",
        "[\"a\"b\"]",
        "[\"]",
        "[\"\\\"]",
        "[\\\"]",
        "[1;2]"
      })
  void refusesWhatIsNoArrayAsAWhole(String json) {
    assertThatThrownBy(() -> count(json, 10))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessageStartingWith("the array ");
  }

  @Test
  void saysWhichOneIsNotJson() {
    assertThatThrownBy(() -> count("[{},{\"a\":x}]", 10))
        .hasMessage(
            "the array can't be read at index 1: the activity is not JSON at line 1, column 6");
    assertThatThrownBy(
            () -> Elements.ofArray(new byte[] {'[', '"', (byte) 0xff, '"', ']'}, 0, 5, 9).count(9))
        .hasMessage("the array can't be read at index 0: the activity is not UTF-8");
  }

  @Test
  void givesUpBehindTheMostThereMayBe() {
    assertThat(count("[1,2,3]", 3)).isEqualTo(3);
    assertThat(count("[1,2,3]", 2)).isEqualTo(3);
    assertThat(count("[1,2,3,what follows is not looked at", 2)).isEqualTo(3);
  }

  @Test
  void beginsWhereTheArrayDoes() {
    byte[] json = "{\"a\":[1, {\"b\":[2]}],\"c\":3}".getBytes(UTF_8);

    assertThat(Elements.ofArray(json, 5, 19, LONGEST).count(10)).isEqualTo(2);
  }

  @Test
  void givesTheMembersOfAnObject() {
    assertThat(members(" {\"a\" : [1,{}] , \"b\":{\"c\":\"}\"},\"d\":\"]\"}\n"))
        .containsExactly("\"a\" : [1,{}]", "\"b\":{\"c\":\"}\"}", "\"d\":\"]\"");
    assertThat(members("{ }")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{\"a\":1", "{\"a\":[}", "{}}", "{} {}", "{\"a\":\"}"})
  void refusesWhatHasNotTheBracketsOfAnObject(String json) {
    assertThatThrownBy(() -> members(json))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessageStartingWith("the activity is not JSON: ");
  }

  private static List<String> members(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    Elements elements = Elements.ofObject(bytes, bytes.length);
    List<String> members = new ArrayList<>();
    while (elements.next()) {
      members.add(new String(bytes, elements.from(), elements.to() - elements.from(), UTF_8));
    }
    return members;
  }

  private static int count(String json, int most) {
    byte[] bytes = json.getBytes(UTF_8);
    return Elements.ofArray(bytes, 0, bytes.length, LONGEST).count(most);
  }

  private static List<String> read(String json) {
    byte[] bytes = (json + "what the buffer has behind it").getBytes(UTF_8);
    List<String> read = new ArrayList<>();
    Elements elements = Elements.ofArray(bytes, 0, json.getBytes(UTF_8).length, LONGEST);
    while (elements.next()) {
      try {
        read.add(elements.element(ActivityReader::read).get().id());
      } catch (InvalidActivityException e) {
        read.add(e.getMessage());
      }
    }
    assertThat(elements.next()).isFalse();
    assertThat(read).hasSize(count(json, 100));
    return read;
  }
}
