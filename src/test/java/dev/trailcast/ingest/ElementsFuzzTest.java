package dev.trailcast.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.RawJson;
import dev.trailcast.activity.Utf8;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;

/** Any bytes as an array, or an object, beside a parser that goes over the whole of them. */
class ElementsFuzzTest {
  @FuzzTest
  void areThoseThatAParserFinds(byte[] json) {
    if (json.length > 0 && json[0] == '[') {
      assertAreThoseOfAParser(
          json,
          Elements.ofArray(json, 0, json.length, json.length),
          new StringJoiner(",", "[", "]"),
          element -> RawJson.parse(element).toString());
    } else if (json.length > 0 && json[0] == '{') {
      assertAreThoseOfAParser(
          json,
          Elements.ofObject(json, json.length),
          new StringJoiner(",", "{", "}"),
          ElementsFuzzTest::member);
    }
  }

  private static void assertAreThoseOfAParser(
      byte[] json, Elements elements, StringJoiner whole, UnaryOperator<String> reading) {
    Optional<String> found = join(json, elements, whole, reading);
    try {
      RawJson parsed = RawJson.parse(Utf8.decode(json, 0, json.length));
      assertThat(found).contains(parsed.toString());
    } catch (InvalidActivityException e) {
      if (!e.getMessage().contains("nested deeper")) { // by the level that is around them
        assertThat(found).isEmpty();
      }
    }
  }

  /** What they are together, if each is JSON by itself. */
  private static Optional<String> join(
      byte[] json, Elements elements, StringJoiner whole, UnaryOperator<String> reading) {
    try {
      while (elements.next()) {
        whole.add(reading.apply(Utf8.decode(json, elements.from(), elements.to())));
      }
      return Optional.of(whole.toString());
    } catch (InvalidActivityException e) {
      return Optional.empty();
    }
  }

  private static String member(String text) {
    // nothing is no member: there is a comma too many
    String object = RawJson.parse(text.isEmpty() ? text : "{" + text + "}").toString();
    return object.substring(1, object.length() - 1);
  }
}
