package dev.trailcast.stream.wire;

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
public final class SinkOutlet implements Outlet {
  /** More than either server's own write time-out by default, so that it is the one to tell. */
  private static final long LONGEST_SEND_SECONDS = 90;

  /** Somebody else has closed the sink, which is no error. */
  public static final class AlreadyClosedException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final SseEventSink sink;
  private final List<OutboundSseEvent> events = new ArrayList<>();

  public SinkOutlet(SseEventSink sink) {
    this.sink = sink;
  }

  @Override
  public void frame(WriteBuffer out, Encoded frame) {
    events.add(frame.event());
    out.weigh(frame.bytes()); // so that it is known when there is enough to send
  }

  @Override
  public void heartbeat(WriteBuffer out, Beat beat) {
    events.add(PlainSseEvent.HEARTBEAT);
    out.weigh(1);
  }

  // The sink's stream is open, and what the application's clients are told on it beside activities
  // is the application's business.

  @Override
  public void opening(WriteBuffer out, ControlEvent position) {}

  @Override
  public void control(WriteBuffer out, ControlEvent event) {}

  @Override
  public void closing(WriteBuffer out, CloseReason reason, long retryMilliseconds) {}

  @Override
  public long flush(WriteBuffer out) throws IOException {
    try {
      for (OutboundSseEvent event : events) {
        if (sink.isClosed()) {
          throw new AlreadyClosedException();
        }
        sink.send(event).toCompletableFuture().get(LONGEST_SEND_SECONDS, TimeUnit.SECONDS);
      }
      return out.plainBytes(); // what becomes of them is the runtime's business
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
