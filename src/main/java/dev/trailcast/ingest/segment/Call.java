package dev.trailcast.ingest.segment;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Segment's <a href="https://segment.com/docs/connections/spec/">specification</a> has
 * applications tell.
 */
enum Call {
  /** Somebody did something: the message's event. */
  TRACK("track"),
  IDENTIFY("user.identified"),
  PAGE("page.viewed"),
  SCREEN("screen.viewed"),
  GROUP("group.joined"),
  ALIAS("user.aliased");

  private final String activityType;

  Call(String activityType) {
    this.activityType = activityType;
  }

  /**
   * The type of activities that are told so; of a track call, where its event's name gives none.
   */
  String activityType() {
    return activityType;
  }

  /** The one of this name, {@code track}, or of its first letter, as browsers write it. */
  static Optional<Call> named(String name) {
    return Stream.of(values())
        .filter(call -> call.written().equals(name) || call.written().substring(0, 1).equals(name))
        .findFirst();
  }

  private String written() {
    return name().toLowerCase(Locale.ROOT);
  }
}
