package dev.trailcast.stream;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.Rfc3339;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What a reader asks of the stream: the query of {@code GET /api/events}.
 *
 * @param named whether events are named by their type
 * @param heartbeatEvents whether heartbeats are events that a page can see
 * @param rate how many activities a second at most, or null
 */
record StreamRequest(
    ActivityFilter filter,
    StartingPoint start,
    boolean named,
    boolean heartbeatEvents,
    Integer rate) {

  /** Names of the position's parameter, in the order of their weight: one each from a client. */
  private static final List<String> POSITION_PARAMETERS =
      List.of("lastEventId", "last_event_id", "evs_last_event_id");

  /**
   * Reads a query.
   *
   * @param lastEventId the header, or null; it outweighs the parameters
   * @throws IllegalArgumentException naming the parameter, its value and what is allowed
   */
  static StreamRequest of(MultivaluedMap<String, String> query, String lastEventId) {
    ActivityFilter filter =
        new ActivityFilter(
            terms(query, "type"),
            terms(query, "actor"),
            terms(query, "source"),
            terms(query, "subject"));
    StartingPoint start =
        new StartingPoint(
            position(query, lastEventId),
            since(query),
            number(query, "last", 0, Integer.MAX_VALUE),
            latest(query));
    return new StreamRequest(
        filter,
        start,
        flag(query, "named", "true", "false"),
        flag(query, "heartbeat", "event", "comment"),
        number(query, "rate", 1, Conflation.FASTEST));
  }

  private static Terms terms(MultivaluedMap<String, String> query, String name) {
    List<String> values = query.get(name);
    try {
      return values == null ? Terms.ANY : Terms.parse(values);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " " + e.getMessage(), e);
    }
  }

  private static String position(MultivaluedMap<String, String> query, String lastEventId) {
    if (lastEventId != null && !lastEventId.isBlank()) {
      return lastEventId.strip();
    }
    return POSITION_PARAMETERS.stream()
        .map(query::getFirst)
        .filter(value -> value != null && !value.isBlank())
        .findFirst()
        .orElse(null);
  }

  private static Instant since(MultivaluedMap<String, String> query) {
    String value = query.getFirst("since");
    if (value == null) {
      return null;
    }
    String text = value.replace(' ', '+'); // an offset's plus sign that was not encoded
    Optional<Instant> since = Rfc3339.parse(text).map(OffsetDateTime::toInstant);
    return since
        .or(() -> epochMilliseconds(text))
        .orElseThrow(
            () ->
                notAllowed(
                    "since", "a timestamp of RFC 3339 or milliseconds since 1970-01-01", value));
  }

  private static Optional<Instant> epochMilliseconds(String text) {
    try {
      return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Attribute latest(MultivaluedMap<String, String> query) {
    String value = query.getFirst("latest");
    if (value == null) {
      return null;
    }
    return switch (value) {
      case "actor" -> Attribute.ACTOR;
      case "subject" -> Attribute.SUBJECT;
      default -> throw notAllowed("latest", "actor or subject", value);
    };
  }

  private static Integer number(
      MultivaluedMap<String, String> query, String name, int least, int most) {
    String value = query.getFirst(name);
    if (value == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw notAllowed(name, "a whole number from " + least + " to " + most, value);
  }

  private static boolean flag(
      MultivaluedMap<String, String> query, String name, String set, String unset) {
    String value = query.getFirst(name);
    if (value == null || value.equals(unset)) {
      return false;
    }
    if (value.equals(set)) {
      return true;
    }
    throw notAllowed(name, set + " or " + unset, value);
  }

  private static IllegalArgumentException notAllowed(String name, String allowed, String value) {
    return new IllegalArgumentException(name + " must be " + allowed + ", not " + value);
  }
}
