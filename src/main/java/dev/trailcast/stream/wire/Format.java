package dev.trailcast.stream.wire;

import dev.trailcast.activity.RawJson;
import jakarta.json.JsonObjectBuilder;

/** How a stream is written. Readers of one channel and format get the same frames. */
public enum Format {
  /** Server-Sent Events. */
  SSE(Format.EVENT_STREAM),
  /** Server-Sent Events that are named by the activity's type. */
  NAMED_SSE(Format.EVENT_STREAM) {
    @Override
    public void frame(WriteBuffer out, Encoded frame) {
      frame.writeSse(out, true);
    }
  },
  /** Lines of JSON: each activity with its position, an event of ours as an object of its type. */
  LINES(Format.JSON_LINES) {
    @Override
    public void frame(WriteBuffer out, Encoded frame) {
      frame.writeLine(out);
    }

    @Override
    public void control(WriteBuffer out, ControlEvent event) {
      JsonObjectBuilder object = ControlEvent.object().add("type", event.type());
      event.data().forEach(object::add);
      if (event.position() != null) {
        object.add("position", event.position().toString());
      }
      out.put(RawJson.of(object.build()).toString()).put(BLANK_LINE);
    }

    @Override
    public void silence(WriteBuffer out) {
      out.put(BLANK_LINE);
    }

    @Override
    public void retry(WriteBuffer out, long milliseconds) {
      // no program comes back by itself
    }
  };

  /** The media type of Server-Sent Events. */
  public static final String EVENT_STREAM = "text/event-stream";

  /** The media type of lines of JSON. */
  public static final String JSON_LINES = "application/x-ndjson";

  private static final String BLANK_LINE = "\n";

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** A frame of the trail, or one for everybody. */
  public void frame(WriteBuffer out, Encoded frame) {
    frame.writeSse(out, false);
  }

  /** An event of ours. */
  void control(WriteBuffer out, ControlEvent event) {
    SseFields.event(out, event.type());
    SseFields.data(out, RawJson.of(event.data()).toString());
    if (event.position() != null) {
      SseFields.id(out, event.position().toString());
    }
    SseFields.end(out);
  }

  /** Next to nothing: without a blank line, of which several clients make an empty event. */
  void silence(WriteBuffer out) {
    SseFields.heartbeat(out);
  }

  /**
   * A blank line, which ends half a frame that npm eventsource 1 and 2 keep over a reconnect. A
   * comment before it would be an empty event to Jersey and RESTEasy.
   */
  void endHalfAFrame(WriteBuffer out) {
    SseFields.end(out);
  }

  /** When the client shall come back. */
  void retry(WriteBuffer out, long milliseconds) {
    SseFields.retry(out, milliseconds);
  }
}
