package dev.trailcast.stream.events;

import dev.trailcast.activity.View;
import dev.trailcast.http.Query;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.security.Caller;
import dev.trailcast.stream.delivery.Conflation;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.delivery.RefusedException;
import dev.trailcast.stream.delivery.Seat;
import dev.trailcast.stream.delivery.StreamResponses;
import dev.trailcast.stream.delivery.TrailFeed;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.trail.Trail;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Outlet;
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

/** {@code GET /api/events}: the stream, as Server-Sent Events or as lines of JSON. */
@Path("events")
@TrailcastApi
@ApplicationScoped
public class EventsResource {
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  @Inject private Readers readers;
  @Inject private JournalReader journal;
  @Inject private StreamResponses responses;

  /** Follows as Server-Sent Events. */
  @GET
  @Produces(Format.EVENT_STREAM)
  public void events(
      @Suspended AsyncResponse suspended,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response,
      @Context UriInfo uri,
      @HeaderParam(LAST_EVENT_ID) String lastEventId)
      throws IOException {
    StreamRequest asked = parse(uri, lastEventId);
    try {
      follow(asked, asked.named() ? Format.NAMED_SSE : Format.SSE, request, response);
    } catch (RefusedException e) {
      suspended.resume(responses.refused(e));
    } catch (JournalException e) {
      suspended.resume(responses.refused(readers.refusal(CloseReason.UNAVAILABLE)));
    }
  }

  /** Follows as lines of JSON, for those who ask for just that. */
  @GET
  @Produces(Format.JSON_LINES + ";qs=0.5")
  public void lines(
      @Suspended AsyncResponse suspended,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response,
      @Context UriInfo uri,
      @HeaderParam(LAST_EVENT_ID) String lastEventId)
      throws IOException {
    follow(parse(uri, lastEventId), Format.LINES, request, response);
  }

  /** The headers alone; the runtime would make it of the methods above, and never end. */
  @HEAD
  @Produces(Format.EVENT_STREAM)
  public Response headOfEvents() {
    return responses.headers(Format.SSE);
  }

  /** The headers alone. */
  @HEAD
  @Produces(Format.JSON_LINES + ";qs=0.5")
  public Response headOfLines() {
    return responses.headers(Format.LINES);
  }

  private static StreamRequest parse(UriInfo uri, String lastEventId) {
    return Query.read(uri.getQueryParameters(), query -> StreamRequest.of(query, lastEventId));
  }

  /** Opens the response only when the place is known: until then it can still be refused. */
  private void follow(
      StreamRequest asked, Format format, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Caller caller = Caller.of(request);
    View view = caller.view(asked.filter());
    try (Seat seat = readers.enter(caller)) {
      Trail trail = readers.trail();
      Place place = asked.start().in(journal, trail.tail().head(), view);
      boolean resumed = asked.start().isResumed();
      Outlet outlet = responses.open(request, response, format, asked.heartbeatEvents(), resumed);
      Conflation conflation =
          asked.rate() == null ? null : new Conflation(asked.rate(), System.nanoTime());
      readers.follow(
          seat, outlet, reader -> new TrailFeed(trail, reader, view, place, outlet, conflation));
    }
  }
}
