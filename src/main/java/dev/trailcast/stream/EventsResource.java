package dev.trailcast.stream;

import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.http.Problem;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.stream.Admission.Client;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Optional;

/** {@code GET /api/events}: the stream, as Server-Sent Events or as lines of JSON. */
@Path("events")
@TrailcastApi
@ApplicationScoped
public class EventsResource {
  private static final String LINES = "application/x-ndjson";
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  @Inject private Broadcaster broadcaster;
  @Inject private JournalReader journal;
  @Inject private StreamResponses responses;

  /** Follows as Server-Sent Events. */
  @GET
  @Produces(StreamResponses.EVENT_STREAM)
  public void events(
      @Suspended AsyncResponse suspended,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response,
      @Context UriInfo uri,
      @HeaderParam(LAST_EVENT_ID) String lastEventId)
      throws IOException {
    StreamRequest asked = parse(uri, lastEventId);
    Client client = StreamResponses.client(request);
    Optional<CloseReason> refusal = broadcaster.enter(client);
    if (refusal.isPresent()) {
      suspended.resume(responses.refused(refusal.get()));
      return;
    }
    SseOutlet.Options options = new SseOutlet.Options(asked.named(), asked.heartbeatEvents());
    boolean resumed = asked.start().isResumed();
    long retry = responses.retry().milliseconds();
    try {
      follow(
          client,
          asked,
          () ->
              new SseOutlet(
                  responses.open(request, response, StreamResponses.EVENT_STREAM),
                  options,
                  resumed,
                  retry));
    } catch (JournalException e) {
      suspended.resume(responses.refused(CloseReason.UNAVAILABLE));
    }
  }

  /** Follows as lines of JSON, for those who ask for just that. */
  @GET
  @Produces(LINES + ";qs=0.5")
  public void lines(
      @Suspended AsyncResponse suspended,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response,
      @Context UriInfo uri,
      @HeaderParam(LAST_EVENT_ID) String lastEventId)
      throws IOException {
    StreamRequest asked = parse(uri, lastEventId);
    Client client = StreamResponses.client(request);
    Optional<CloseReason> refusal = broadcaster.enter(client);
    if (refusal.isPresent()) {
      throw responses.unavailable(refusal.get());
    }
    follow(
        client,
        asked,
        () -> new LinesOutlet(responses.open(request, response, LINES), asked.heartbeatEvents()));
  }

  /** The headers alone; the runtime would make it of the method above, and never end. */
  @HEAD
  @Produces(StreamResponses.EVENT_STREAM)
  public Response head() {
    return responses.headers();
  }

  private static StreamRequest parse(UriInfo uri, String lastEventId) {
    try {
      return StreamRequest.of(new Query(uri.getQueryParameters()), lastEventId);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(e.getMessage()).exception();
    }
  }

  /** Opens the response only when the place is known: until then it can still be refused. */
  private void follow(Client client, StreamRequest asked, OutletOpening opening)
      throws IOException {
    View view = new View(asked.filter(), Viewer.ANONYMOUS); // until there are log-ins
    Place place;
    Outlet outlet;
    try {
      place = asked.start().in(journal, broadcaster.trail().tail().head(), view);
      outlet = opening.open();
    } catch (IOException | RuntimeException e) {
      broadcaster.leave(client);
      throw e;
    }
    Conflation conflation =
        asked.rate() == null ? null : new Conflation(asked.rate(), System.nanoTime());
    broadcaster.follow(client, view, place, outlet, conflation);
  }

  private interface OutletOpening {
    Outlet open() throws IOException;
  }
}
