package dev.trailcast.activity;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * JSON text under a parser that knows where in it it stands, so that tokens can be cut from it as
 * they came. The parser alone says what is JSON.
 */
final class JsonSource {
  /** How many arrays and objects may lie inside each other for it to be read at all. */
  static final int DEEPEST = 500;

  private final String text;
  private final JsonParser parser;

  private JsonSource(String text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /**
   * Goes over the whole of {@code text}.
   *
   * @throws InvalidActivityException if it is not one JSON value
   */
  static void check(String text) {
    read(
        text,
        source -> {
          source.skipValue(source.next());
          source.end();
          return null;
        });
  }

  /**
   * Reads from {@code text}.
   *
   * @throws InvalidActivityException if it turns out not to be JSON
   */
  static <T> T read(String text, Function<JsonSource, T> reading) {
    try (JsonParser parser = Factory.PARSERS.createParser(new StringReader(text))) {
      return reading.apply(new JsonSource(text, parser));
    } catch (JsonParsingException e) {
      throw InvalidActivityException.whole("is not JSON" + where(e.getLocation(), text));
    } catch (JsonException | NoSuchElementException e) {
      throw InvalidActivityException.whole("is not JSON");
    }
  }

  private static String where(JsonLocation location, String text) {
    long offset = location.getStreamOffset();
    return offset >= 0 && offset < text.length()
        ? " at line " + location.getLineNumber() + ", column " + location.getColumnNumber()
        : ": it ends too early"; // at the end Parsson counts what it has buffered twice
  }

  Event next() {
    return parser.next();
  }

  /** The string the parser stands on. */
  String string() {
    return parser.getString();
  }

  /** The integer the parser stands on, or null if it is no integer of 32 bits. */
  Integer integer() {
    if (parser.getString().length() > "-2147483648".length()) {
      return null; // before a number with a huge exponent is unfolded
    }
    try {
      return parser.getBigDecimal().intValueExact();
    } catch (ArithmeticException e) {
      return null;
    }
  }

  /** Goes over the value that {@code first} begins, to its end. */
  void skipValue(Event first) {
    // not skipObject(): Parsson's looks for the closing bracket without checking what is inside
    int depth = 0;
    for (Event event = first; ; event = parser.next()) {
      switch (event) {
        case START_OBJECT, START_ARRAY -> {
          depth++;
          if (depth > DEEPEST) { // before Parsson gives up at 1,000, with a RuntimeException
            throw InvalidActivityException.whole("is nested deeper than " + DEEPEST + " levels");
          }
        }
        case END_OBJECT, END_ARRAY -> depth--;
        default -> {}
      }
      if (depth == 0 && event != Event.KEY_NAME) {
        return;
      }
    }
  }

  /**
   * Goes over the value of the member whose name the parser stands on, and takes its tokens,
   * without white space between them.
   */
  String memberValue() {
    int from = offset();
    skipValue(parser.next());
    int to = Math.min(offset(), text.length()); // at the end, see above, it may be too large
    while (text.charAt(from) != ':') { // between name and value there is but white space and this
      from++;
    }
    return JsonText.compact(text, from + 1, to);
  }

  /** Nothing but white space may follow. */
  void end() {
    if (parser.hasNext()) {
      throw InvalidActivityException.whole("is not JSON: something follows the value");
    }
  }

  /** Just behind the token the parser stands on: JSON-P 2.1, JsonParser.getLocation. */
  private int offset() {
    return (int) parser.getLocation().getStreamOffset();
  }

  private static final class Factory {
    // found once: looking for the provider costs more than parsing an activity
    static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());
  }
}
