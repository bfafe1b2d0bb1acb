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
 * @param envelope makes a body of an event's JSON, or a line of a body
 * @param lines how many events a body has, one a line; 1 where it is no line but an event
 */
public record Doors(
    String follow,
    String publish,
    String contentType,
    List<String> headers,
    UnaryOperator<String> envelope,
    int lines) {
  /**
   * So many that the request itself no longer counts, and so few that a slow server answers soon.
   */
  private static final int SOME = 50;

  /** Where a body is one event. */
  Doors(
      String follow,
      String publish,
      String contentType,
      List<String> headers,
      UnaryOperator<String> envelope) {
    this(follow, publish, contentType, headers, envelope, 1);
  }

  /** Where the JSON is the body as it is. */
  static Doors plain(String follow, String publish) {
    return new Doors(follow, publish, "application/json", List.of(), UnaryOperator.identity());
  }

  /** Where somebody in the server is told several events, and does with each what is measured. */
  static Doors told(String follow, String publish, UnaryOperator<String> envelope) {
    return new Doors(follow, publish, "text/plain", List.of(), envelope, SOME);
  }
}
