package dev.trailcast.activity;

import jakarta.json.JsonStructure;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.stream.JsonParser.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value as the text it came in: its tokens untouched, so that numbers keep their digits and
 * objects their order, without white space between them, and so on one line. In strings, what some
 * take for the end of a line (U+0085, U+2028, U+2029) is escaped. Always valid JSON.
 */
public final class RawJson {
  /** How many arrays and objects may lie inside each other for it to be read at all. */
  public static final int DEEPEST = JsonSource.DEEPEST;

  private final String text;

  private RawJson(String text) {
    this.text = text;
  }

  /**
   * Takes JSON text as it is.
   *
   * @throws InvalidActivityException if it is not one JSON value
   */
  public static RawJson parse(String json) {
    JsonSource.check(json);
    return compact(json);
  }

  /**
   * What Jakarta JSON Binding makes of {@code value}.
   *
   * @throws jakarta.json.bind.JsonbException if it can't be bound
   */
  public static RawJson of(Object value) {
    String json = Binding.JSONB.toJson(value);
    return compact(json);
  }

  /** An object or array of JSON-P. */
  public static RawJson of(JsonStructure json) {
    return compact(json.toString());
  }

  private static RawJson compact(String valid) {
    return new RawJson(JsonText.compact(valid, 0, valid.length()));
  }

  /** The texts in an array, if it is one, and has nothing else. */
  public Optional<List<String>> strings() {
    return text.startsWith("[") ? JsonSource.read(text, RawJson::strings) : Optional.empty();
  }

  private static Optional<List<String>> strings(JsonSource source) {
    List<String> strings = new ArrayList<>();
    source.next();
    for (Event next = source.next(); next != Event.END_ARRAY; next = source.next()) {
      if (next != Event.VALUE_STRING) {
        return Optional.empty();
      }
      strings.add(source.string());
    }
    return Optional.of(strings);
  }

  /** A JSON string. */
  public static RawJson ofText(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2);
    JsonText.quote(json, text);
    return new RawJson(json.toString());
  }

  /** An object of these members, in their order. */
  public static RawJson ofMembers(Map<String, RawJson> members) {
    StringBuilder json = new StringBuilder("{");
    members.forEach(
        (name, value) -> {
          if (json.length() > 1) {
            json.append(',');
          }
          JsonText.quote(json, name);
          json.append(':').append(value);
        });
    return new RawJson(json.append('}').toString());
  }

  /**
   * The members of an object, in their order, each with its tokens as they came.
   *
   * @param json as text
   * @throws InvalidActivityException if it is no JSON, no object, or one that has a member twice
   */
  public static Map<String, RawJson> members(String json) {
    return JsonSource.read(json, RawJson::members);
  }

  private static Map<String, RawJson> members(JsonSource source) {
    Map<String, RawJson> members = new LinkedHashMap<>();
    String twice = null;
    Event first = source.next();
    if (first == Event.START_OBJECT) {
      while (source.next() == Event.KEY_NAME) {
        String name = source.string();
        if (members.put(name, ofCompact(source.memberValue())) != null) {
          twice = name;
        }
      }
    } else {
      source.skipValue(first);
    }
    source.end();
    if (first != Event.START_OBJECT) {
      throw InvalidActivityException.whole("must be a JSON object");
    }
    if (twice != null) {
      throw InvalidActivityException.of(twice, "is given twice");
    }
    return members;
  }

  /** The text, if it is one. */
  public Optional<String> string() {
    return text.startsWith("\"")
        ? Optional.of(
            JsonSource.read(
                text,
                source -> {
                  source.next();
                  return source.string();
                }))
        : Optional.empty();
  }

  /** Whether it is a number. */
  public boolean isNumber() {
    char first = text.charAt(0);
    return first == '-' || first >= '0' && first <= '9';
  }

  /** A value that a parser has been over, and that is compact. */
  static RawJson ofCompact(String json) {
    return new RawJson(json);
  }

  /** How many arrays and objects lie inside each other at most; 0 for a plain value. */
  public int depth() {
    return JsonText.depth(text);
  }

  /** The JSON text, for whoever wants to read it with a parser or a binding of its own. */
  @Override
  public String toString() {
    return text;
  }

  /** Equal is what has the same tokens: {@code 1.0} is not {@code 1}. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RawJson json && json.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** JSON-B is looked up when it is first needed: reading from the wire never does. */
  private static final class Binding {
    static final Jsonb JSONB = JsonbBuilder.create();
  }
}
