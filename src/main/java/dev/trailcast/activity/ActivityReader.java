package dev.trailcast.activity;

import jakarta.json.stream.JsonParser.Event;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads activities: from the CloudEvents JSON format 1.0.2, section 3, of which {@code specversion}
 * and whatever has a default may be left out; and from events that say they are CloudEvents, of
 * which nothing may that CloudEvents 1.0.2 requires. For use by any number of threads.
 */
public final class ActivityReader {
  private static final String SPEC_VERSION = "1.0";
  private static final String VERSION_BEFORE = "0.3"; // which some producers still send

  /** The attributes that every CloudEvent has. */
  public static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

  private ActivityReader() {}

  /**
   * Reads one activity, and completes it as one that is new.
   *
   * @throws InvalidActivityException if {@code json} is no JSON, no object, or no activity
   */
  public static Activity read(String json) {
    return read(json, Completion.NEW);
  }

  /**
   * Reads one activity.
   *
   * @throws InvalidActivityException if {@code json} is no JSON, no object, or no activity
   */
  public static Activity read(String json, Completion completion) {
    return JsonSource.read(json, ActivityReader::members).toActivity(completion);
  }

  /**
   * Reads one CloudEvent of version 1.0, or of 0.3 as the same of 1.0, and completes it as one that
   * is new.
   *
   * @throws InvalidActivityException if {@code json} is no JSON, no object, or no CloudEvent; or a
   *     CloudEvent that is no activity
   */
  public static Activity readCloudEvent(String json) {
    return readCloudEvent(json, Completion.NEW);
  }

  /**
   * Reads one CloudEvent of version 1.0, or of 0.3 as the same of 1.0.
   *
   * @throws InvalidActivityException if {@code json} is no JSON, no object, or no CloudEvent; or a
   *     CloudEvent that is no activity
   */
  public static Activity readCloudEvent(String json, Completion completion) {
    return JsonSource.read(json, ActivityReader::members).toCloudEvent(completion);
  }

  /**
   * Reads one CloudEvent as {@link #readCloudEvent} does, of which the attributes came as texts and
   * the data as bytes: its {@code datacontenttype} says what they are.
   *
   * @param attributes by their names
   * @param data nothing if there are no bytes
   * @throws InvalidActivityException if it is no CloudEvent, or a CloudEvent that is no activity
   */
  public static Activity readCloudEvent(
      Map<String, String> attributes, byte[] data, Completion completion) {
    return members(attributes, data).toCloudEvent(completion);
  }

  /** Likewise, and takes back what the binary form says of data where the activity says nothing. */
  static Activity read(BinaryActivity binary, Completion completion) {
    Members members = members(binary.attributes(), binary.data());
    if (binary.data().length > 0) {
      members.attributes.remove(Activity.CONTENT_TYPE, DataContent.ASSUMED);
    }
    return members.toCloudEvent(completion);
  }

  private static Members members(Map<String, String> attributes, byte[] data) {
    Members members = new Members();
    attributes.forEach(members::put);
    if (attributes.containsKey(Activity.DATA_BASE64)) {
      members.isWrong(Activity.DATA_BASE64, "is no attribute");
    }
    if (data.length > 0) {
      members.take(data);
    }
    return members;
  }

  /**
   * Goes over one JSON value without keeping anything of it.
   *
   * @throws InvalidActivityException if {@code json} is no JSON, or more than one value
   */
  public static void check(String json) {
    JsonSource.check(json);
  }

  /** Goes over the whole value, whatever is wrong with it: that it is not JSON comes first. */
  private static Members members(JsonSource source) {
    Members members = new Members();
    Event first = source.next();
    if (first == Event.START_OBJECT) {
      while (source.next() == Event.KEY_NAME) {
        members.read(source);
      }
    } else {
      source.skipValue(first);
    }
    source.end();
    if (first != Event.START_OBJECT) {
      throw InvalidActivityException.whole("must be a JSON object");
    }
    return members;
  }

  /** The members of one object. */
  private static final class Members {
    /** For what is no value of an attribute: an object, an array, a number that is no integer. */
    private static final Object NO_ATTRIBUTE_VALUE = new Object();

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
      // what it should be instead depends on which it is
      put(name, value == null ? NO_ATTRIBUTE_VALUE : value);
    }

    void put(String name, Object value) {
      if (attributes.put(name, value) != null) {
        isWrong(name, "is given twice");
      }
    }

    /** Takes data that is bytes: what they are, {@code datacontenttype} says. */
    void take(byte[] bytes) {
      DataContent content =
          DataContent.of(
              attributes.get(Activity.CONTENT_TYPE) instanceof String type ? type : null);
      try {
        switch (content) {
          case JSON -> data = RawJson.parse(Utf8.decode(bytes));
          case TEXT -> data = RawJson.ofText(Utf8.decode(bytes));
          case BINARY ->
              attributes.put(Activity.DATA_BASE64, Base64.getEncoder().encodeToString(bytes));
        }
      } catch (InvalidActivityException e) {
        isWrong("data", "must be " + content + " in UTF-8, as datacontenttype says");
      }
    }

    Activity toCloudEvent(Completion completion) {
      // what was called otherwise then, such as schemaurl, is kept as a further attribute
      attributes.replace("specversion", VERSION_BEFORE, SPEC_VERSION);
      for (String name : REQUIRED) {
        if (!attributes.containsKey(name)) {
          isWrong(name, "is required of a CloudEvent");
        }
      }
      return toActivity(completion);
    }

    Activity toActivity(Completion completion) {
      String specVersion = text("specversion");
      if (specVersion != null && !specVersion.equals(SPEC_VERSION)) {
        isWrong("specversion", "must be 1.0");
      }
      takeBase64();
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
          id == null ? completion.id() : id,
          source == null ? Activity.DEFAULT_SOURCE : source,
          type,
          time == null ? completion.time() : time,
          actor,
          subject,
          audience == null ? null : Audience.parse(audience),
          attributes, // what is left
          data);
    }

    /** Of data in base64 only what is neither JSON nor text stays so. */
    private void takeBase64() {
      if (data == null && attributes.get(Activity.DATA_BASE64) instanceof String text) {
        Activity.base64(text)
            .ifPresent(
                bytes -> {
                  attributes.remove(Activity.DATA_BASE64);
                  take(bytes);
                });
      }
    }

    private OffsetDateTime time() {
      Object value = attributes.remove("time");
      if (value == null) {
        return null;
      }
      Optional<OffsetDateTime> time =
          value instanceof String text ? Rfc3339.parse(text) : Optional.empty();
      if (time.isEmpty()) {
        isWrong(
            "time",
            value instanceof String text && Rfc3339.isLeapSecond(text)
                ? "must not be a leap second, which Java's calendar has not; take the one before"
                : "must be a string with a timestamp of RFC 3339, like 2026-01-31T12:00:00Z");
      }
      return time.orElse(null);
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
