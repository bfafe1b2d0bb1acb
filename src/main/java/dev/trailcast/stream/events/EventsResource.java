package dev.trailcast.stream.events;

import dev.trailcast.activity.View;
import dev.trailcast.http.Query;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Callers;
import dev.trailcast.security.KeysUnavailableException;
import dev.trailcast.security.Right;
import dev.trailcast.stream.delivery.Asked;
import dev.trailcast.stream.delivery.Conflation;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.delivery.RefusedException;
import dev.trailcast.stream.delivery.Seat;
import dev.trailcast.stream.delivery.StreamResponses;
import dev.trailcast.stream.delivery.TrailFeed;
import dev.trailcast.stream.search.Search;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.trail.StartingPoint;
import dev.trailcast.stream.trail.Trail;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.Connection;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Outlet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
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
import java.util.function.Consumer;

/** {@code GET /api/events}: the stream, as Server-Sent Events or as lines of JSON. */
@Path(TrailcastApi.RESOURCES + "events")
@TrailcastApi
@ApplicationScoped
public class EventsResource {
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  @Inject private Callers callers;
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
    Consumer<Throwable> refusal = problem -> refuseEvents(suspended, problem);
    try {
      Caller caller = callers.withRight(Right.SUBSCRIBE, request);
      StreamRequest asked = parse(uri, lastEventId);
      Format format = asked.named() ? Format.NAMED_SSE : Format.SSE;
      follow(caller, asked, format, request, response, refusal);
    } catch (RefusedException | JournalException | KeysUnavailableException e) {
      refusal.accept(e);
    }
  }

  /** As a browser's EventSource can take it, where it is only for now. */
  private void refuseEvents(AsyncResponse suspended, Throwable problem) {
    if (problem instanceof RefusedException refused) {
      suspended.resume(responses.refused(refused));
    } else if (problem instanceof JournalException || problem instanceof KeysUnavailableException) {
      suspended.resume(responses.refused(readers.refusal(CloseReason.UNAVAILABLE)));
    } else {
      suspended.resume(problem);
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
    Caller caller = callers.withRight(Right.SUBSCRIBE, request);
    StreamRequest asked = parse(uri, lastEventId);
    follow(caller, asked, Format.LINES, request, response, suspended::resume);
  }

  /** The headers alone; the runtime would make it of the methods above, and never end. */
  @HEAD
  @Produces(Format.EVENT_STREAM)
  public Response headOfEvents(@Context HttpServletRequest request) {
    callers.withRight(Right.SUBSCRIBE, request);
    return responses.headers(Format.SSE);
  }

  /** The headers alone. */
  @HEAD
  @Produces(Format.JSON_LINES + ";qs=0.5")
  public Response headOfLines(@Context HttpServletRequest request) {
    callers.withRight(Right.SUBSCRIBE, request);
    return responses.headers(Format.LINES);
  }

  private static StreamRequest parse(UriInfo uri, String lastEventId) {
    return Query.read(uri.getQueryParameters(), query -> StreamRequest.of(query, lastEventId));
  }

  /**
   * Somebody who has been let in.
   *
   * @param asked what it asked for
   * @param view what it gets of that
   */
  private record Admitted(StreamRequest asked, Format format, View view, Seat seat) {}

  /**
   * Opens the response only when the place is known: until then it can still be refused.
   *
   * @param refusal tells why the stream does not begin, where that can't be thrown any more
   */
  private void follow(
      Caller caller,
      StreamRequest asked,
      Format format,
      HttpServletRequest request,
      HttpServletResponse response,
      Consumer<Throwable> refusal)
      throws IOException {
    responses.hold(request);
    View view = caller.view(asked.filter());
    Asked.Door door = format == Format.LINES ? Asked.Door.LINES : Asked.Door.EVENTS;
    try (Seat seat = readers.enter(caller, new Asked(door, asked.filter()))) {
      Admitted reader = new Admitted(asked, format, view, seat);
      Trail trail = readers.trail();
      Search<Place> search = asked.start().in(journal, trail.tail(), view);
      if (search.isOver()) {
        begin(reader, request, response, search.found());
      } else if (!trail
          .searches()
          .begin(search, Connection.of(request), placeCall(reader, request, refusal))) {
        seat.leave();
        throw readers.refusal(CloseReason.BUSY);
      }
    }
  }

  private PlaceCall placeCall(
      Admitted reader, HttpServletRequest request, Consumer<Throwable> refusal) {
    AsyncContext async = request.getAsyncContext();
    return new PlaceCall(
        reader.seat(),
        place ->
            begin(
                reader,
                (HttpServletRequest) async.getRequest(), // for any thread
                (HttpServletResponse) async.getResponse(),
                place),
        refusal);
  }

  private void begin(
      Admitted reader, HttpServletRequest request, HttpServletResponse response, Place place)
      throws IOException {
    StreamRequest asked = reader.asked();
    boolean resumed = asked.start().isResumed();
    Outlet outlet =
        responses.open(request, response, reader.format(), asked.heartbeatEvents(), resumed);
    Conflation conflation =
        asked.rate() == null ? null : new Conflation(asked.rate(), System.nanoTime());
    Trail trail = readers.trail();
    if (asked.start() != StartingPoint.NOW) {
      long behind = trail.tail().head().offset() - place.position().offset();
      reader.seat().beginsBehind(Math.max(0, behind), resumed);
    }
    readers.follow(
        reader.seat(),
        outlet,
        subscriber -> new TrailFeed(trail, subscriber, reader.view(), place, outlet, conflation));
  }
}
