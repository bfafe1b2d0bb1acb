package dev.trailcast.ingest.segment;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.RawJson;
import dev.trailcast.activity.Rfc3339;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What messages that came together become.
 *
 * @param source of the activities
 * @param call of a message that does not say it itself; empty if it has to
 * @param received when they came
 * @param sent when they were sent, by the sender's clock; empty if nobody says
 */
record Translation(
    String source, Optional<Call> call, Instant received, Optional<OffsetDateTime> sent) {
  /**
   * What is no data: it has become an attribute, or is about the sending and may be another when
   * the message is sent again.
   */
  private static final Set<String> NOT_DATA =
      Set.of(
          "messageId",
          "type",
          "userId",
          "groupId",
          "previousId",
          "timestamp",
          "originalTimestamp",
          "sentAt",
          "receivedAt",
          "writeKey",
          "integrations",
          "_metadata");

  private static final int LONGEST_TYPE = 128;

  /**
   * The activity that a message tells.
   *
   * @throws InvalidActivityException if it tells none
   */
  Activity activity(String json) {
    Map<String, RawJson> message = RawJson.members(json);
    Call told = callOf(message);
    String id = text(message, "messageId");
    return new Activity(
        id == null ? Activity.newId() : id,
        source,
        told == Call.TRACK ? typeOf(event(message)) : told.activityType(),
        time(message),
        text(message, "userId"),
        subject(told, message),
        null,
        Map.of(),
        data(message));
  }

  private Call callOf(Map<String, RawJson> message) {
    String type = text(message, "type");
    return (type == null ? call : Call.named(type))
        .orElseThrow(
            () ->
                InvalidActivityException.of(
                    "type", "must be track, identify, page, screen, group or alias"));
  }

  private static String event(Map<String, RawJson> message) {
    String event = text(message, "event");
    if (event == null) {
      throw InvalidActivityException.of("event", "is required: what was done");
    }
    return event;
  }

  /**
   * "Order Completed" as a type: {@code order.completed}. The name itself stays in the data, so
   * nothing is lost where it has other letters, or too many.
   */
  private static String typeOf(String event) {
    String type =
        Normalizer.normalize(event, Normalizer.Form.NFD)
            .replaceAll("\\p{M}+", "") // accents
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_:/-]+", ".")
            .replaceAll("^[^a-z0-9]+", "");
    String cut = type.substring(0, Math.min(type.length(), LONGEST_TYPE)).replaceAll("\\.$", "");
    return cut.isEmpty() ? Call.TRACK.activityType() : cut;
  }

  private static String subject(Call told, Map<String, RawJson> message) {
    return switch (told) {
      case TRACK, IDENTIFY -> null;
      case PAGE, SCREEN -> {
        String path = path(message.get("properties"));
        yield path == null ? text(message, "name") : path;
      }
      case GROUP -> text(message, "groupId");
      case ALIAS -> text(message, "previousId");
    };
  }

  private static String path(RawJson properties) {
    return properties != null && properties.toString().startsWith("{")
        ? text(RawJson.members(properties.toString()), "path")
        : null;
  }

  /**
   * The sender's clock may be wrong, but says how long ago it was: received − (sent − timestamp).
   * Nothing happens after it has been received.
   */
  private OffsetDateTime time(Map<String, RawJson> message) {
    OffsetDateTime latest = received.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    String stated = text(message, "timestamp");
    String text = stated == null ? text(message, "originalTimestamp") : stated;
    if (text == null) {
      return latest;
    }
    OffsetDateTime timestamp =
        Rfc3339.parse(text)
            .orElseThrow(
                () ->
                    InvalidActivityException.of(
                        "timestamp", "must be a timestamp of RFC 3339, like 2026-01-31T12:00:00Z"));
    Optional<OffsetDateTime> clock = moment(message.get("sentAt")).or(() -> sent);
    if (clock.isEmpty()) {
      return timestamp;
    }
    Duration ago = Duration.between(timestamp, clock.get());
    return ago.isNegative() ? latest : latest.minus(ago);
  }

  /** A moment of the sending; empty where it is none. */
  static Optional<OffsetDateTime> moment(RawJson value) {
    return Optional.ofNullable(value).flatMap(RawJson::string).flatMap(Rfc3339::parse);
  }

  private static RawJson data(Map<String, RawJson> message) {
    Map<String, RawJson> data = new LinkedHashMap<>(message);
    data.keySet().removeAll(NOT_DATA);
    return data.isEmpty() ? null : RawJson.ofMembers(data);
  }

  /** A text; null where there is none, or an empty one. Ids may be numbers. */
  private static String text(Map<String, RawJson> members, String name) {
    RawJson value = members.get(name);
    if (value == null || value.toString().equals("null")) {
      return null;
    }
    String text =
        value
            .string()
            .or(() -> value.isNumber() ? Optional.of(value.toString()) : Optional.empty())
            .orElseThrow(() -> InvalidActivityException.of(name, "must be a string"));
    return text.isEmpty() ? null : text;
  }
}
