package dev.trailcast.stream;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.http.Query;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.stream.Admission.Client;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code GET /api/stats}: what happens, in figures; as JSON, or every second as an event. */
@Path("stats")
@TrailcastApi
@ApplicationScoped
public class StatisticsResource {
  /** Matches nothing, for such types are refused: figures are sent to each reader alone. */
  private static final View NO_ACTIVITY =
      new View(
          new ActivityFilter(
              Terms.parse(List.of(ControlEvent.STATISTICS)), Terms.ANY, Terms.ANY, Terms.ANY),
          Viewer.ANONYMOUS);

  @Inject private Broadcaster broadcaster;
  @Inject private Statistics statistics;
  @Inject private StreamResponses responses;

  /** Tells the figures once. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response now(@Context UriInfo uri) {
    View view = view(uri);
    if (!broadcaster.isOpen()) {
      throw responses.unavailable(CloseReason.UNAVAILABLE);
    }
    String json = statistics.now(view).orElseThrow(() -> responses.unavailable(CloseReason.FULL));
    return Response.ok(json, MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** Tells the figures every second. */
  @GET
  @Produces(StreamResponses.EVENT_STREAM + ";qs=0.5")
  public void follow(
      @Suspended AsyncResponse suspended,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response,
      @Context UriInfo uri)
      throws IOException {
    View view = view(uri);
    Client client = StreamResponses.client(request);
    Optional<CloseReason> refusal = broadcaster.enter(client);
    if (refusal.isPresent()) {
      suspended.resume(responses.refused(refusal.get()));
      return;
    }
    Outlet outlet;
    try {
      outlet =
          new SseOutlet(
              responses.open(request, response, StreamResponses.EVENT_STREAM),
              new SseOutlet.Options(false, false),
              false,
              responses.retry().milliseconds());
    } catch (IOException | RuntimeException e) {
      broadcaster.leave(client);
      throw e;
    }
    Place now = new Place(broadcaster.trail().tail().head(), null);
    SseEventSink sink = broadcaster.follow(client, NO_ACTIVITY, now, outlet, null);
    if (!statistics.follow(view, sink)) {
      sink.close();
    }
  }

  private static View view(UriInfo uri) {
    ActivityFilter filter =
        Query.read(
            uri.getQueryParameters(),
            query -> {
              query.ignoreLastEventId();
              return query.filter();
            });
    return new View(filter, Viewer.ANONYMOUS); // until there are log-ins
  }
}
