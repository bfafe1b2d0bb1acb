package dev.trailcast.stream;

import dev.trailcast.journal.Gap;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;

/** The events of ours on a stream, beside activities: their types, and what they say. */
final class ControlEvent {
  /** Where a reader is, and whether it is live. */
  static final String POSITION = "trailcast.position";

  /** What history can no longer give. */
  static final String GAP = "trailcast.gap";

  static final String CONFLATED = "trailcast.conflated";

  /** The last event of a stream that the server ends. */
  static final String CLOSING = "trailcast.closing";

  /** What happens, in figures. */
  static final String STATISTICS = "trailcast.stats";

  private static final JsonProvider JSON = JsonProvider.provider(); // looked up once, it is slow

  private ControlEvent() {}

  static JsonObjectBuilder object() {
    return JSON.createObjectBuilder();
  }

  static JsonArrayBuilder array() {
    return JSON.createArrayBuilder();
  }

  static JsonObjectBuilder ofType(String type) {
    return object().add("type", type);
  }

  static JsonObjectBuilder live(boolean live) {
    return object().add("live", live);
  }

  static JsonObjectBuilder beat(Outlet.Beat beat) {
    return live(beat.live()).add("time", beat.now().toString());
  }

  static JsonObjectBuilder conflated(long leftOut) {
    return object().add("leftOut", leftOut);
  }

  static JsonObjectBuilder gap(Gap gap) {
    return object()
        .add("reason", gap.reason().toString())
        .add("requested", gap.requested())
        .add("resumed", gap.resumed().toString());
  }

  static JsonObjectBuilder closing(CloseReason reason, long retryMilliseconds) {
    return object().add("reason", reason.toString()).add("retry", retryMilliseconds);
  }
}
