package dev.trailcast.stream.events;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.http.Answer;
import dev.trailcast.http.Query;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Callers;
import dev.trailcast.security.Right;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.trail.Horizon;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** {@code GET /api/position}: where the stream is now, as far as the asker may be told. */
@Path(TrailcastApi.RESOURCES + "position")
@TrailcastApi
@ApplicationScoped
public class PositionResource {
  @Inject private Callers callers;
  @Inject private Readers readers;

  /** Tells it. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response position(@Context HttpServletRequest request, @Context UriInfo uri) {
    Caller caller = callers.withRight(Right.SUBSCRIBE, request);
    // of everything that it may see, so that a filter is refused as is whatever nobody reads
    ActivityFilter all = Query.read(uri.getQueryParameters(), query -> ActivityFilter.ALL);
    return Answer.of(Response.Status.OK)
        .with("position", new Horizon(readers.trail().tail(), caller.view(all)).now().toString())
        .toResponse();
  }
}
