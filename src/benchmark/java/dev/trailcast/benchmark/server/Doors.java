package dev.trailcast.benchmark.server;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where events come in and go out over HTTP.
 *
 * @param follow the path of the stream, with its query
 * @param publish the path that takes events, by POST
 * @param contentType of what is posted
 * @param headers that a publisher sends besides
 * @param envelope makes a body of an event's JSON
 */
public record Doors(
    String follow,
    String publish,
    String contentType,
    List<String> headers,
    UnaryOperator<String> envelope) {
  /** Where the JSON is the body as it is. */
  static Doors plain(String follow, String publish) {
    return new Doors(follow, publish, "application/json", List.of(), UnaryOperator.identity());
  }
}
