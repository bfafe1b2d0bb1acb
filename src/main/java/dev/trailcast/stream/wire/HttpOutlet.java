package dev.trailcast.stream.wire;

import java.io.IOException;

/**
 * A response over HTTP: to browsers as Server-Sent Events, to programs as lines of JSON. What is
 * sent beside activities is said in docs/following.md.
 */
public final class HttpOutlet implements Outlet {
  /**
   * How a stream is given.
   *
   * @param format how frames are written
   * @param heartbeatEvents whether heartbeats are events that a page can see
   * @param resumed whether the client has been here before, and may hold half a frame
   * @param retryMilliseconds when the client shall come back after a cut
   */
  public record Options(
      Format format, boolean heartbeatEvents, boolean resumed, long retryMilliseconds) {}

  private final HttpResponse response;
  private final Options options;
  private final Format format;

  public HttpOutlet(HttpResponse response, Options options) {
    this.response = response;
    this.options = options;
    this.format = options.format();
  }

  @Override
  public void opening(WriteBuffer out, ControlEvent position) {
    if (options.resumed()) {
      format.endHalfAFrame(out);
    } else {
      format.silence(out);
    }
    format.retry(
        out, options.retryMilliseconds()); // with an event behind it: alone it would be one
    format.control(out, position);
  }

  @Override
  public void frame(WriteBuffer out, Encoded frame) {
    format.frame(out, frame);
  }

  @Override
  public void control(WriteBuffer out, ControlEvent event) {
    format.control(out, event);
  }

  @Override
  public void heartbeat(WriteBuffer out, Beat beat) {
    if (options.heartbeatEvents()) {
      format.control(out, ControlEvent.beat(beat));
    } else if (beat.moved()) {
      format.control(out, ControlEvent.position(beat.position(), beat.live()));
    } else {
      format.silence(out);
    }
  }

  @Override
  public void closing(WriteBuffer out, CloseReason reason, long retryMilliseconds) {
    close(out, format, reason, retryMilliseconds);
  }

  /** The end of a stream, which for one that is refused is also its beginning. */
  public static void close(
      WriteBuffer out, Format format, CloseReason reason, long retryMilliseconds) {
    format.retry(out, retryMilliseconds);
    format.control(out, ControlEvent.closing(reason, retryMilliseconds));
  }

  @Override
  public long flush(WriteBuffer out) throws IOException {
    return response.write(out);
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
}
