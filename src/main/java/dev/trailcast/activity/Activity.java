package dev.trailcast.activity;

import com.github.f4b6a3.uuid.UuidCreator;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Somebody did something to something: a <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0</a>
 * event with two extension attributes, {@code actor} and {@code audience}. Immutable and complete
 * from birth, so that one that was fired twice is recorded once.
 *
 * <pre>{@code
 * @Inject Event<Activity> activities;
 * …
 * activities.fire(Activity.of("alice", "page.viewed", "products/42").withData(Map.of("ms", 12)));
 * }</pre>
 *
 * @param id unique together with the source: the key against double recording
 * @param source URI-reference of the application it happened in
 * @param type what was done, {@code [A-Za-z0-9][A-Za-z0-9._:/-]{0,127}}; {@code trailcast.…} is
 *     Trailcast's own, and of these only {@link #ERASED} and {@code trailcast.audit.…} are
 *     activities
 * @param time when it happened, as the producer says
 * @param actor who did it, or null
 * @param subject what it was done to, or null
 * @param audience the only ones who may see it, or null: everybody
 * @param extensions further CloudEvents attributes: names of {@code [a-z0-9]}, values a String, a
 *     Boolean or an Integer; and {@link #DATA_BASE64}
 * @param data any JSON value, or null
 */
public record Activity(
    String id,
    String source,
    String type,
    OffsetDateTime time,
    String actor,
    String subject,
    Audience audience,
    Map<String, Object> extensions,
    RawJson data) {

  /** The source of an activity that names none. */
  public static final String DEFAULT_SOURCE = "/";

  /** The type of what tells that other activities have been erased. */
  public static final String ERASED = "trailcast.erased";

  /**
   * The type of what only shows that activities come through: durable and announced like one, but
   * neither kept nor given to anybody.
   */
  public static final String CANARY = "trailcast.canary";

  /**
   * The attribute that has the data where it is neither JSON nor text, as base64 of RFC 4648
   * (section 4): the CloudEvents JSON format 1.0.2, section 3.1.
   */
  static final String DATA_BASE64 = "data_base64";

  /** The attribute that says what data is: a media type. */
  public static final String CONTENT_TYPE = "datacontenttype";

  private static final int LONGEST_TYPE = 128;
  private static final String OUR_TYPES = "trailcast.";
  private static final String AUDIT = OUR_TYPES + "audit.";

  /**
   * Names that are no extension's: the attributes above, and what Trailcast adds on the way out.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "specversion",
          "id",
          "source",
          "type",
          "time",
          "actor",
          "subject",
          "audience",
          "data",
          "position");

  /**
   * @throws InvalidActivityException naming the attribute that is not as described above
   */
  public Activity {
    AttributeText.check("id", required("id", id));
    checkSource(required("source", source));
    checkType(required("type", type));
    if (!Rfc3339.canFormat(required("time", time))) {
      throw InvalidActivityException.of("time", "must be of a year between 0000 and 9999");
    }
    checkOptionalText("actor", actor);
    checkOptionalText("subject", subject);
    if (extensions.isEmpty()) {
      extensions = Map.of();
    } else {
      extensions = Collections.unmodifiableMap(new TreeMap<>(extensions));
      extensions.forEach(Activity::checkExtension);
      if (extensions.containsKey(DATA_BASE64)) {
        checkNothingElse(data, extensions);
      }
    }
  }

  /**
   * {@code actor} did {@code type} to {@code subject}, just now; the first and last may be null.
   */
  public static Activity of(String actor, String type, String subject) {
    return new Activity(
        newId(), DEFAULT_SOURCE, type, Rfc3339.now(), actor, subject, null, Map.of(), null);
  }

  /** {@code actor} did {@code type}, just now. */
  public static Activity of(String actor, String type) {
    return of(actor, type, null);
  }

  /**
   * Whether another tells the same: that the same actor did the same to the same, for the same
   * audience and with the same data, token by token. Not when, nor what else is attached to it:
   * whoever tells it again may say that anew.
   */
  public boolean tellsTheSame(Activity other) {
    return type.equals(other.type)
        && Objects.equals(actor, other.actor)
        && Objects.equals(subject, other.subject)
        && Objects.equals(audience, other.audience)
        && Objects.equals(data, other.data)
        && Objects.equals(extensions.get(DATA_BASE64), other.extensions.get(DATA_BASE64));
  }

  /**
   * Whether it tells that other activities have been erased: then it is for everybody, whatever
   * they ask for, and nothing that somebody did.
   */
  public boolean isErasure() {
    return type.equals(ERASED);
  }

  /** Whether it only shows that activities come through: then nobody is ever shown it. */
  public boolean isCanary() {
    return type.equals(CANARY);
  }

  /** The same with this id. */
  public Activity withId(String id) {
    return new Activity(id, source, type, time, actor, subject, audience, extensions, data);
  }

  /** The same of this source, a URI-reference. */
  public Activity withSource(String source) {
    return new Activity(id, source, type, time, actor, subject, audience, extensions, data);
  }

  /** The same at this time. */
  public Activity withTime(OffsetDateTime time) {
    return new Activity(id, source, type, time, actor, subject, audience, extensions, data);
  }

  /** The same by this actor. */
  public Activity withActor(String actor) {
    return new Activity(id, source, type, time, actor, subject, audience, extensions, data);
  }

  /** The same for nobody else to see: user names or {@code role:NAME}, separated by spaces. */
  public Activity withAudience(String audience) {
    return new Activity(
        id, source, type, time, actor, subject, Audience.parse(audience), extensions, data);
  }

  /** The same with a further CloudEvents attribute: a String, a Boolean or an Integer. */
  public Activity withExtension(String name, Object value) {
    Map<String, Object> more = new TreeMap<>(extensions);
    more.put(name, value);
    return new Activity(id, source, type, time, actor, subject, audience, more, data);
  }

  /**
   * The same with this data, bound to JSON by Jakarta JSON Binding: a map or a bean becomes an
   * object, a String a JSON string, null nothing.
   */
  public Activity withData(Object value) {
    return with(value == null ? null : RawJson.of(value));
  }

  /**
   * The same with this JSON text as its data; only white space between its tokens is dropped, and
   * what some take for the end of a line is escaped.
   *
   * @throws InvalidActivityException if it is not JSON
   */
  public Activity withJson(String json) {
    return with(RawJson.parse(json));
  }

  private Activity with(RawJson data) {
    return new Activity(id, source, type, time, actor, subject, audience, extensions, data);
  }

  /**
   * A new id: a UUID of version 7 (RFC 9562), which is unique and in order of time. Its random part
   * may be guessed, as it is no secret: one that can't took 4 % of the CPU of ingest.
   */
  public static String newId() {
    return UuidCreator.getTimeOrderedEpochFast().toString();
  }

  private static <T> T required(String attribute, T value) {
    if (value == null) {
      throw InvalidActivityException.of(attribute, "is required");
    }
    return value;
  }

  private static void checkOptionalText(String attribute, String value) {
    if (value != null) {
      AttributeText.check(attribute, value);
    }
  }

  private static void checkSource(String source) {
    if (source.equals(DEFAULT_SOURCE)) {
      return;
    }
    AttributeText.check("source", source);
    try {
      new URI(source);
    } catch (URISyntaxException e) {
      throw InvalidActivityException.of(
          "source", "must be a URI-reference, but: " + e.getReason().toLowerCase(Locale.ROOT));
    }
  }

  private static void checkType(String type) {
    boolean allowed = !type.isEmpty() && type.length() <= LONGEST_TYPE;
    for (int i = 0; allowed && i < type.length(); i++) {
      char c = type.charAt(i);
      allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || (i > 0 && "._:/-".indexOf(c) >= 0);
    }
    if (!allowed) {
      throw InvalidActivityException.of(
          "type", "must be of the form [A-Za-z0-9][A-Za-z0-9._:/-]{0,127}");
    }
    if (type.startsWith(OUR_TYPES) && !isOurs(type)) {
      throw reservedType();
    }
  }

  private static boolean isOurs(String type) {
    return type.startsWith(AUDIT) || type.equals(ERASED) || type.equals(CANARY);
  }

  private static InvalidActivityException reservedType() {
    return InvalidActivityException.of("type", "must not begin with trailcast., which is reserved");
  }

  /**
   * Checks that it may be somebody else's than Trailcast's own, which alone tells what was
   * administered and erased.
   *
   * @throws InvalidActivityException if its type is reserved
   */
  public void checkForeign() {
    if (type.startsWith(OUR_TYPES)) {
      throw reservedType();
    }
  }

  private static void checkExtension(String name, Object value) {
    if (RESERVED.contains(name)) {
      throw InvalidActivityException.of(name, "is reserved");
    }
    if (name.equals(DATA_BASE64)) {
      checkBase64(value);
      return;
    }
    boolean allowed = !name.isEmpty();
    for (int i = 0; allowed && i < name.length(); i++) {
      char c = name.charAt(i);
      allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    if (!allowed) {
      throw InvalidActivityException.of(
          name,
          "is no attribute: further attributes are named with [a-z0-9], anything else goes into"
              + " data");
    }
    if (value instanceof String text) {
      AttributeText.check(name, text);
    } else if (!(value instanceof Boolean || value instanceof Integer)) {
      throw InvalidActivityException.of(
          name,
          "must be a string, a boolean or an integer of 32 bits; anything else goes into data");
    }
  }

  /** What is read as JSON or text, once it has been written, must not be given as bytes. */
  private static void checkNothingElse(RawJson data, Map<String, Object> extensions) {
    if (data != null) {
      throw InvalidActivityException.of(DATA_BASE64, "must not be given beside data");
    }
    if (extensions.get(CONTENT_TYPE) instanceof String type
        && DataContent.of(type) != DataContent.BINARY) {
      throw InvalidActivityException.of(
          DATA_BASE64, "must not be given where datacontenttype says JSON or text, which is data");
    }
  }

  private static void checkBase64(Object value) {
    boolean allowed =
        value instanceof String text
            && base64(text)
                .filter(bytes -> Base64.getEncoder().encodeToString(bytes).equals(text))
                .isPresent();
    if (!allowed) {
      throw InvalidActivityException.of(DATA_BASE64, "must be base64, padded, in a string");
    }
  }

  /** The bytes, or nothing where that is no base64. */
  static Optional<byte[]> base64(String text) {
    try {
      return Optional.of(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
