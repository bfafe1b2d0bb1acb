package dev.trailcast.config;

import dev.trailcast.settings.SettingException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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

  /** One of the constants of an enum, in lower case. */
  <E extends Enum<E>> E choice(String component, Class<E> type) {
    Map<String, E> choices = new LinkedHashMap<>();
    for (E each : type.getEnumConstants()) {
      choices.put(each.name().toLowerCase(Locale.ROOT), each);
    }
    return value(
        component,
        text -> {
          if (!choices.containsKey(text)) {
            throw new IllegalArgumentException(text);
          }
          return choices.get(text);
        },
        String.join(" or ", choices.keySet()));
  }

  /** What is {@linkplain Keys#passedOn passed on} of what is set below the component's key. */
  Map<String, String> passedOn(String component, Set<String> names) {
    return keys.passedOn(key(component) + ".", names);
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

  /** What is behind a dot is no name of ours, and stays as it is. */
  private String key(String component) {
    String[] parts = component.split("\\.", 2);
    String ours = parts[0].replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return prefix + ours + (parts.length == 1 ? "" : "." + parts[1]);
  }
}
