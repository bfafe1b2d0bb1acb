package dev.trailcast.benchmark.peer;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;

/** The runtime's own broadcaster, used as the specification of Jakarta REST shows it. */
@Path("broadcaster")
public class BroadcasterResource {
  private static final Object LOCK = new Object();

  // guarded by LOCK
  private static SseBroadcaster broadcaster;

  /** Follows. */
  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void follow(@Context SseEventSink sink, @Context Sse sse) {
    broadcaster(sse).register(sink);
    sink.send(sse.newEventBuilder().comment("welcome").build());
  }

  /** Publishes an event for each line. */
  @POST
  public void publish(String body, @Context Sse sse) {
    body.lines().forEach(line -> broadcaster(sse).broadcast(event(line, sse)));
  }

  private static OutboundSseEvent event(String data, Sse sse) {
    return sse.newEventBuilder().mediaType(MediaType.TEXT_PLAIN_TYPE).data(data).build();
  }

  private static SseBroadcaster broadcaster(Sse sse) {
    synchronized (LOCK) {
      if (broadcaster == null) {
        broadcaster = sse.newBroadcaster();
      }
      return broadcaster;
    }
  }
}
