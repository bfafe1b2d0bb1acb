package dev.trailcast.stream.events;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.Attribute;
import dev.trailcast.http.Query;
import dev.trailcast.stream.delivery.Conflation;
import dev.trailcast.stream.trail.StartingPoint;

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

  /**
   * Reads a query.
   *
   * @param lastEventId the header, or null; it outweighs the parameters
   * @throws IllegalArgumentException naming the parameter, its value and what is allowed
   */
  static StreamRequest of(Query query, String lastEventId) {
    StartingPoint start =
        StartingPoint.of(
            position(query, lastEventId), query.instant("since"), query.last(), latest(query));
    return new StreamRequest(
        query.filter(),
        start,
        query.flag("named", "true", "false"),
        query.flag("heartbeat", "event", "comment"),
        query.number("rate", 1, Conflation.FASTEST));
  }

  private static String position(Query query, String lastEventId) {
    String parameter = query.lastEventId(); // read in any case, for the query to know it
    return lastEventId != null && !lastEventId.isBlank() ? lastEventId.strip() : parameter;
  }

  private static Attribute latest(Query query) {
    String value = query.text("latest");
    if (value == null) {
      return null;
    }
    return switch (value) {
      case "actor" -> Attribute.ACTOR;
      case "subject" -> Attribute.SUBJECT;
      default -> throw Query.notAllowed("latest", "actor or subject", value);
    };
  }
}
