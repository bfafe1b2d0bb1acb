package dev.trailcast.stream.wire;

import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;

/**
 * An event of ours on a stream, beside activities.
 *
 * @param type one of those below
 * @param data what it says
 * @param position where the reader is behind it; null where that is not to be told
 */
public record ControlEvent(String type, JsonObject data, StreamPosition position) {
  /** Where a reader is, and whether it is live. */
  public static final String POSITION = "trailcast.position";

  /** What history can no longer give. */
  public static final String GAP = "trailcast.gap";

  /** What was left out, because the reader asked for no more. */
  static final String CONFLATED = "trailcast.conflated";

  /** The last event of a stream that the server ends. */
  static final String CLOSING = "trailcast.closing";

  /** What happens, in figures. */
  static final String STATISTICS = "trailcast.stats";

  private static final JsonProvider JSON = JsonProvider.provider(); // looked up once, it is slow

  public static JsonObjectBuilder object() {
    return JSON.createObjectBuilder();
  }

  public static JsonArrayBuilder array() {
    return JSON.createArrayBuilder();
  }

  /**
   * @param live whether there is nothing between there and now
   */
  public static ControlEvent position(StreamPosition position, boolean live) {
    return new ControlEvent(POSITION, object().add("live", live).build(), position);
  }

  static ControlEvent beat(Outlet.Beat beat) {
    JsonObjectBuilder data = object().add("live", beat.live()).add("time", beat.now().toString());
    return new ControlEvent(POSITION, data.build(), beat.position());
  }

  public static ControlEvent conflated(long leftOut) {
    return new ControlEvent(CONFLATED, object().add("leftOut", leftOut).build(), null);
  }

  public static ControlEvent gap(Gap gap) {
    JsonObjectBuilder data =
        object()
            .add("reason", gap.reason().toString())
            .add("requested", gap.requested())
            .add("resumed", gap.resumed().toString());
    return new ControlEvent(GAP, data.build(), gap.resumed());
  }

  static ControlEvent closing(CloseReason reason, long retryMilliseconds) {
    JsonObjectBuilder data =
        object().add("reason", reason.toString()).add("retry", retryMilliseconds);
    return new ControlEvent(CLOSING, data.build(), null);
  }

  public static ControlEvent statistics(JsonObject figures) {
    return new ControlEvent(STATISTICS, figures, null);
  }
}
