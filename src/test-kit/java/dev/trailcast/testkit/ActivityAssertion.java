package dev.trailcast.testkit;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.Audience;
import dev.trailcast.activity.RawJson;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Objects;

/**
 * What is expected of an activity. Each method returns this, or throws an {@link AssertionError}
 * that says what was there instead. Null is expected of what an activity does not have.
 */
public final class ActivityAssertion {
  private final Activity activity;

  private ActivityAssertion(Activity activity) {
    this.activity = activity;
  }

  /** Of this one it is expected that … */
  public static ActivityAssertion assertThat(Activity activity) {
    return new ActivityAssertion(Objects.requireNonNull(activity, "activity"));
  }

  /** What was done. */
  public ActivityAssertion hasType(String expected) {
    return has("type", expected, activity.type());
  }

  /** Who did it, as the bean says; on a server, the user whose request is served is added. */
  public ActivityAssertion hasActor(String expected) {
    return has("actor", expected, activity.actor());
  }

  /** What it was done to. */
  public ActivityAssertion hasSubject(String expected) {
    return has("subject", expected, activity.subject());
  }

  /** Which application it happened in. */
  public ActivityAssertion hasSource(String expected) {
    return has("source", expected, activity.source());
  }

  /** Its own id. */
  public ActivityAssertion hasId(String expected) {
    return has("id", expected, activity.id());
  }

  /** The only ones who may see it, in any order: {@code alice role:support}. */
  public ActivityAssertion hasAudience(String expected) {
    Audience audience = expected == null ? null : Audience.parse(expected);
    return has("audience", audience, activity.audience());
  }

  /** A further attribute: a String, a Boolean or an Integer. */
  public ActivityAssertion hasExtension(String name, Object expected) {
    return has(name, expected, activity.extensions().get(name));
  }

  /**
   * What belongs to it: as JSON the same as {@code expected}, which is bound by Jakarta JSON
   * Binding. The order of an object's members does not matter.
   */
  public ActivityAssertion hasData(Object expected) {
    return hasData(expected == null ? null : RawJson.of(expected));
  }

  /**
   * What belongs to it: the same as this JSON text. The order of an object's members does not
   * matter.
   *
   * @throws dev.trailcast.activity.InvalidActivityException if that is not JSON
   */
  public ActivityAssertion hasJson(String expected) {
    return hasData(RawJson.parse(expected));
  }

  private ActivityAssertion hasData(RawJson expected) {
    if (!Objects.equals(value(expected), value(activity.data()))) {
      throw unexpected("data", expected, activity.data());
    }
    return this;
  }

  private static JsonValue value(RawJson json) {
    if (json == null) {
      return null;
    }
    try (JsonReader reader = Json.createReader(new StringReader(json.toString()))) {
      return reader.readValue();
    }
  }

  /** The activity, for whatever else is expected of it. */
  public Activity activity() {
    return activity;
  }

  private ActivityAssertion has(String attribute, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw unexpected(attribute, expected, actual);
    }
    return this;
  }

  private AssertionError unexpected(String attribute, Object expected, Object actual) {
    return new AssertionError(
        "expected " + attribute + ": " + expected + ", but it was: " + actual + "\n  " + activity);
  }
}
