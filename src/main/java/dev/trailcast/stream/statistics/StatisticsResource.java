package dev.trailcast.stream.statistics;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.View;
import dev.trailcast.http.Query;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Callers;
import dev.trailcast.security.KeysUnavailableException;
import dev.trailcast.security.Right;
import dev.trailcast.stream.delivery.Asked;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.delivery.RefusedException;
import dev.trailcast.stream.delivery.Seat;
import dev.trailcast.stream.delivery.StreamResponses;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Outlet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;

/** {@code GET /api/stats}: what happens, in figures; as JSON, or every second as an event. */
@Path(TrailcastApi.RESOURCES + "stats")
@TrailcastApi
@ApplicationScoped
public class StatisticsResource {
  @Inject private Callers callers;
  @Inject private Readers readers;
  @Inject private Statistics statistics;
  @Inject private StreamResponses responses;

  /** Tells the figures once. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response now(@Context HttpServletRequest request, @Context UriInfo uri) {
    Caller caller = callers.withRight(Right.SUBSCRIBE, request);
    Figures figures = statistics.of(caller.view(filter(uri)), asker(caller));
    return Response.ok(figures.newest().toString(), MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** Tells the figures every second. */
  @GET
  @Produces(Format.EVENT_STREAM + ";qs=0.5")
  public void follow(
      @Suspended AsyncResponse suspended,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response,
      @Context UriInfo uri)
      throws IOException {
    try {
      Caller caller = callers.withRight(Right.SUBSCRIBE, request);
      follow(caller, caller.view(filter(uri)), request, response);
    } catch (RefusedException e) {
      suspended.resume(responses.refused(e));
    } catch (KeysUnavailableException e) {
      suspended.resume(responses.refused(readers.refusal(CloseReason.UNAVAILABLE)));
    }
  }

  private void follow(
      Caller caller, View view, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    responses.hold(request);
    try (Seat seat = readers.enter(caller, new Asked(Asked.Door.STATISTICS, view.filter()))) {
      statistics.of(view, asker(caller)); // while it can still be refused
      Outlet outlet = responses.open(request, response, Format.SSE, false, false);
      readers.follow(
          seat,
          outlet,
          reader ->
              new FiguresFeed(statistics.follow(view, asker(caller), reader), reader, outlet));
    }
  }

  /** The headers of the figures as JSON; the runtime would have it counted for. */
  @HEAD
  @Produces(MediaType.APPLICATION_JSON)
  public Response headOfNow(@Context HttpServletRequest request) {
    callers.withRight(Right.SUBSCRIBE, request);
    return Response.ok()
        .type(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /**
   * The headers of the stream alone; the runtime would make it of the method above, and never end.
   */
  @HEAD
  @Produces(Format.EVENT_STREAM + ";qs=0.5")
  public Response headOfStream(@Context HttpServletRequest request) {
    callers.withRight(Right.SUBSCRIBE, request);
    return responses.headers(Format.SSE);
  }

  /** Users are told apart wherever they come from: behind a proxy all come from there. */
  private static String asker(Caller caller) {
    return caller.name() == null ? caller.network() : "user " + caller.name();
  }

  private static ActivityFilter filter(UriInfo uri) {
    return Query.read(
        uri.getQueryParameters(),
        query -> {
          query.ignoreLastEventId();
          return query.filter();
        });
  }
}
