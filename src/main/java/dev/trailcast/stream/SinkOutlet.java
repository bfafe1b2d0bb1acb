package dev.trailcast.stream;

import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A sink of the runtime's that the application has registered: it gets activities and broadcasts as
 * events, one sent after the other. What else it sends on its stream is the application's business.
 */
final class SinkOutlet implements Outlet {
  /** More than either server's own write time-out by default, so that it is the one to tell. */
  private static final long LONGEST_SEND_SECONDS = 90;

  /** Somebody else has closed the sink, which is no error. */
  static final class AlreadyClosedException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final SseEventSink sink;
  private final List<OutboundSseEvent> events = new ArrayList<>();

  SinkOutlet(SseEventSink sink) {
    this.sink = sink;
  }

  @Override
  public void opening(WriteBuffer out, StreamPosition position, boolean live) {
    // the sink's stream is open
  }

  @Override
  public void frame(WriteBuffer out, Frame frame) {
    events.add(frame.event());
    frame.writeSse(out, false); // is not sent, but says when there is enough to send
  }

  @Override
  public void position(WriteBuffer out, StreamPosition position, boolean live) {
    // an event of ours; the application's clients need not know it
  }

  @Override
  public void conflated(WriteBuffer out, long leftOut) {
    throw new UnsupportedOperationException("a registered sink has no rate");
  }

  @Override
  public void gap(WriteBuffer out, Gap gap) {
    // as above; registered sinks follow from now on, so there is none but where they stall for long
  }

  @Override
  public void heartbeat(WriteBuffer out, Beat beat) {
    events.add(PlainSseEvent.HEARTBEAT);
    SseFields.comment(out);
  }

  @Override
  public void closing(WriteBuffer out, CloseReason reason, long retryMilliseconds) {
    // as above
  }

  @Override
  public void flush(WriteBuffer out) throws IOException {
    try {
      for (OutboundSseEvent event : events) {
        if (sink.isClosed()) {
          throw new AlreadyClosedException();
        }
        sink.send(event).toCompletableFuture().get(LONGEST_SEND_SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "The sink did not take an event", e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Stopped while sending", e);
    } finally {
      events.clear();
    }
  }

  @Override
  public Connection connection() {
    return null; // the runtime keeps it to itself
  }

  @Override
  public Format packedFormat() {
    return null;
  }

  @Override
  public void end(boolean orderly) {
    sink.close();
  }
}
