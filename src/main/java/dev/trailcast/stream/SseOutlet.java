package dev.trailcast.stream;

import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;

/**
 * Server-Sent Events, for browsers. What is sent beside activities is said in the README under "the
 * wire".
 */
final class SseOutlet implements Outlet {
  /** What a reader may ask for: the events' names from types; heartbeats that a page can see. */
  record Options(boolean named, boolean heartbeatEvents) {}

  private final HttpResponse response;
  private final Options options;
  private final Format format;
  private final boolean resumed;
  private final long retryMilliseconds;

  /**
   * @param resumed whether the client has been here before, and may hold half a frame
   * @param retryMilliseconds when the client shall come back after a cut
   */
  SseOutlet(HttpResponse response, Options options, boolean resumed, long retryMilliseconds) {
    this.response = response;
    this.options = options;
    this.format = options.named() ? Format.NAMED_SSE : Format.SSE;
    this.resumed = resumed;
    this.retryMilliseconds = retryMilliseconds;
  }

  @Override
  public void opening(WriteBuffer out, StreamPosition position, boolean live) {
    SseFields.comment(out);
    if (resumed) {
      SseFields.end(out); // ends half a frame that npm eventsource 1 and 2 keep over a reconnect
    }
    SseFields.retry(out, retryMilliseconds); // with an event behind it: alone it would be one
    control(out, ControlEvent.POSITION, ControlEvent.live(live), position);
  }

  @Override
  public void frame(WriteBuffer out, Frame frame) {
    format.write(out, frame);
  }

  @Override
  public void position(WriteBuffer out, StreamPosition position, boolean live) {
    control(out, ControlEvent.POSITION, ControlEvent.live(live), position);
  }

  @Override
  public void conflated(WriteBuffer out, long leftOut) {
    control(out, ControlEvent.CONFLATED, ControlEvent.conflated(leftOut), null);
  }

  @Override
  public void gap(WriteBuffer out, Gap gap) {
    control(out, ControlEvent.GAP, ControlEvent.gap(gap), gap.resumed());
  }

  @Override
  public void heartbeat(WriteBuffer out, Beat beat) {
    if (options.heartbeatEvents()) {
      control(out, ControlEvent.POSITION, ControlEvent.beat(beat), beat.position());
    } else if (beat.moved()) {
      position(out, beat.position(), beat.live());
    } else {
      SseFields.comment(out); // without a blank line, of which several clients make an empty event
    }
  }

  @Override
  public void closing(WriteBuffer out, CloseReason reason, long retry) {
    putClosing(out, reason, retry);
  }

  /** The end of a stream, which for one that is refused is also its beginning. */
  static void putClosing(WriteBuffer out, CloseReason reason, long retry) {
    SseFields.retry(out, retry);
    control(out, ControlEvent.CLOSING, ControlEvent.closing(reason, retry), null);
  }

  @Override
  public void flush(WriteBuffer out) throws IOException {
    response.write(out);
  }

  @Override
  public Connection connection() {
    return response.connection();
  }

  @Override
  public Format packedFormat() {
    return response.isPacked() ? format : null;
  }

  @Override
  public void end(boolean orderly) {
    response.end(orderly);
  }

  private static void control(
      WriteBuffer out, String name, JsonObjectBuilder data, StreamPosition position) {
    SseFields.event(out, name);
    SseFields.data(out, data.build().toString());
    if (position != null) {
      SseFields.id(out, position.toString());
    }
    SseFields.end(out);
  }
}
