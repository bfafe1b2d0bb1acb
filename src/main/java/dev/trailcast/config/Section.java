package dev.trailcast.config;

import dev.trailcast.settings.SettingException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The settings whose keys begin alike. A key is the prefix and the name of the record's component
 * it is for, in lower case with hyphens: {@code trailcast.ingest.} and {@code maxDepth} make {@code
 * trailcast.ingest.max-depth}. So what a record says of a component is said of its key.
 */
record Section(Keys keys, String prefix) {

  Duration duration(String component) {
    return value(component, Duration::parse, "an ISO-8601 duration, such as PT15S or P7D");
  }

  int count(String component) {
    return value(component, Integer::valueOf, "a whole number up to " + Integer.MAX_VALUE);
  }

  long number(String component) {
    return value(component, Long::valueOf, "a whole number");
  }

  boolean flag(String component) {
    return value(
        component,
        text -> {
          if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
          }
          return text.equals("true");
        },
        "true or false");
  }

  /** A text, which may be empty. */
  String text(String component) {
    return keys.read(key(component));
  }

  /** Texts, separated by commas; there may be none. */
  List<String> list(String component) {
    return Stream.of(text(component).split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  <T> T value(String component, Function<String, T> reading, String allowed) {
    String key = key(component);
    String text = keys.read(key);
    try {
      if (text.isEmpty()) { // which Path, alone, would take
        throw new IllegalArgumentException("empty");
      }
      return reading.apply(text);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new BadSettingException(key, allowed, text, e);
    }
  }

  /** Makes the record, and says of a key what that says of the component. */
  <T> T record(Supplier<T> record) {
    try {
      return record.get();
    } catch (SettingException e) {
      throw new BadSettingException(key(e.component()), e.allowed(), e.value(), e);
    }
  }

  private String key(String component) {
    return prefix + component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
