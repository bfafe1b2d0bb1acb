package dev.trailcast.activity;

import jakarta.json.stream.JsonParser.Event;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads activities from JSON: the CloudEvents JSON format 1.0.2, section 3, of which {@code
 * specversion} and whatever has a default may be left out. For use by any number of threads.
 */
public final class ActivityReader {
  private static final String SPEC_VERSION = "1.0";

  private ActivityReader() {}

  /**
   * Reads one activity.
   *
   * @throws InvalidActivityException if {@code json} is no JSON, no object, or no activity
   */
  public static Activity read(String json) {
    return JsonSource.read(
        json,
        source -> {
          Supplier<Activity> element = element(source, source.next());
          source.end();
          return element.get();
        });
  }

  /**
   * Reads an array and gives its elements on, one by one: each is an activity, or throws an {@link
   * InvalidActivityException} when it is asked for, without consequences for the others.
   *
   * @throws InvalidActivityException if {@code json} is no JSON array; some elements may have been
   *     given on by then
   */
  public static void readArray(String json, Consumer<Supplier<Activity>> elements) {
    JsonSource.read(
        json,
        source -> {
          if (source.next() != Event.START_ARRAY) {
            throw InvalidActivityException.whole("must be a JSON array");
          }
          for (Event first = source.next(); first != Event.END_ARRAY; first = source.next()) {
            elements.accept(element(source, first));
          }
          source.end();
          return null;
        });
  }

  /** Goes over the whole value, whatever is wrong with it: what follows it is to be read, too. */
  private static Supplier<Activity> element(JsonSource source, Event first) {
    if (first != Event.START_OBJECT) {
      source.skipValue(first);
      return () -> {
        throw InvalidActivityException.whole("must be a JSON object");
      };
    }
    Members members = new Members();
    while (source.next() == Event.KEY_NAME) {
      members.read(source);
    }
    return members;
  }

  /** The members of one object. */
  private static final class Members implements Supplier<Activity> {
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private RawJson data;
    private InvalidActivityException firstProblem;

    void read(JsonSource source) {
      String name = source.string();
      if (name.equals("data")) {
        RawJson value = RawJson.ofCompact(source.memberValue());
        if (data != null) {
          isWrong(name, "is given twice");
        }
        data = value;
        return;
      }
      Event event = source.next();
      Object value =
          switch (event) {
            case VALUE_STRING -> source.string();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER -> source.integer();
            default -> null;
          };
      source.skipValue(event);
      if (event == Event.VALUE_NULL) {
        return; // the same as absent: CloudEvents JSON format 1.0.2, section 2.2
      }
      if (value == null) {
        isWrong(name, "must be a string, a boolean or an integer of 32 bits");
      } else if (attributes.put(name, value) != null) {
        isWrong(name, "is given twice");
      }
    }

    @Override
    public Activity get() {
      String specVersion = text("specversion");
      if (specVersion != null && !specVersion.equals(SPEC_VERSION)) {
        isWrong("specversion", "must be 1.0");
      }
      String id = text("id");
      String source = text("source");
      String type = text("type");
      OffsetDateTime time = time();
      String actor = text("actor");
      String subject = text("subject");
      String audience = text("audience");
      if (firstProblem != null) {
        throw firstProblem;
      }
      return new Activity(
          id == null ? Activity.newId() : id,
          source == null ? Activity.DEFAULT_SOURCE : source,
          type,
          time == null ? Rfc3339.now() : time,
          actor,
          subject,
          audience == null ? null : Audience.parse(audience),
          attributes, // what is left
          data);
    }

    private OffsetDateTime time() {
      String text = text("time");
      if (text == null) {
        return null;
      }
      return Rfc3339.parse(text)
          .orElseGet(
              () -> {
                isWrong("time", "must be a timestamp of RFC 3339, like 2026-01-31T12:00:00Z");
                return null;
              });
    }

    private String text(String name) {
      Object value = attributes.remove(name);
      if (value instanceof String || value == null) {
        return (String) value;
      }
      isWrong(name, "must be a string");
      return null;
    }

    private void isWrong(String attribute, String detail) {
      if (firstProblem == null) {
        firstProblem = InvalidActivityException.of(attribute, detail);
      }
    }
  }
}
