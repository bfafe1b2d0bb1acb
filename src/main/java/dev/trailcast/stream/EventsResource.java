package dev.trailcast.stream;

import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.http.Problem;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalException;
import dev.trailcast.stream.Admission.Client;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /api/events}: the stream, as Server-Sent Events or as lines of JSON.
 *
 * <p>The response is a suspended request whose servlet stream is written by {@link Pumps}: neither
 * server's own sink takes encoded frames, or is safe from one reader that stalls. So nothing of
 * JAX-RS comes behind this method, and the headers are set here.
 */
@Path("events")
@TrailcastApi
@ApplicationScoped
public class EventsResource {
  private static final String EVENT_STREAM = "text/event-stream";
  private static final String LINES = "application/x-ndjson";
  private static final String UTF_8 = ";charset=UTF-8";
  private static final String LAST_EVENT_ID = "Last-Event-ID";

  /** Nobody on the way may keep the stream, change it, or (nginx) hold it back to fill a buffer. */
  private static final Map<String, String> HEADERS =
      Map.of(
          HttpHeaders.CACHE_CONTROL,
          "no-store, no-transform",
          "X-Accel-Buffering",
          "no",
          HttpHeaders.VARY,
          HttpHeaders.ACCEPT_ENCODING);

  @Inject private Broadcaster broadcaster;
  @Inject private Journal journal;
  @Inject private StreamSettings settings;

  /** Follows as Server-Sent Events. */
  @GET
  @Produces(EVENT_STREAM)
  public void events(
      @Suspended AsyncResponse suspended,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response,
      @Context UriInfo uri,
      @HeaderParam(LAST_EVENT_ID) String lastEventId)
      throws IOException {
    StreamRequest asked = parse(uri, lastEventId);
    Client client = client(request);
    Optional<CloseReason> refusal = broadcaster.enter(client);
    if (refusal.isPresent()) {
      suspended.resume(refused(refusal.get()));
      return;
    }
    SseOutlet.Options options = new SseOutlet.Options(asked.named(), asked.heartbeatEvents());
    boolean resumed = asked.start().isResumed();
    long retry = retry().milliseconds();
    try {
      follow(
          client,
          asked,
          () -> new SseOutlet(open(request, response, EVENT_STREAM), options, resumed, retry));
    } catch (JournalException e) {
      suspended.resume(refused(CloseReason.UNAVAILABLE));
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
    Client client = client(request);
    Optional<CloseReason> refusal = broadcaster.enter(client);
    if (refusal.isPresent()) {
      Duration retry = Duration.ofMillis(retry().refused(refusal.get()));
      throw Problem.unavailable("No stream for now: " + refusal.get(), retry).exception();
    }
    follow(
        client,
        asked,
        () -> new LinesOutlet(open(request, response, LINES), asked.heartbeatEvents()));
  }

  /** The headers alone; the runtime would make it of the method above, and never end. */
  @HEAD
  @Produces(EVENT_STREAM)
  public Response head(@Context HttpServletResponse response) {
    HEADERS.forEach(response::setHeader);
    return Response.ok().type(EVENT_STREAM + UTF_8).build();
  }

  private static StreamRequest parse(UriInfo uri, String lastEventId) {
    try {
      return StreamRequest.of(uri.getQueryParameters(), lastEventId);
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

  private static Client client(HttpServletRequest request) {
    return new Client(request.getRemoteAddr(), request.getRemoteUser());
  }

  private interface OutletOpening {
    Outlet open() throws IOException;
  }

  /** A status that is not 200 would end a browser's EventSource for good. */
  private Response refused(CloseReason reason) {
    WriteBuffer text = new WriteBuffer();
    SseOutlet.putClosing(text, reason, retry().refused(reason));
    Response.ResponseBuilder refusal = Response.ok(text.toByteArray(), EVENT_STREAM + UTF_8);
    HEADERS.forEach(refusal::header);
    return refusal.build();
  }

  private RetryDelay retry() {
    return new RetryDelay(settings.wire().retry(), settings.drain().retry());
  }

  private HttpResponse open(
      HttpServletRequest request, HttpServletResponse response, String mediaType)
      throws IOException {
    AsyncContext async = request.getAsyncContext();
    async.setTimeout(0); // never: a quiet stream is not a slow answer
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(mediaType + UTF_8);
    HEADERS.forEach(response::setHeader);
    Gzip gzip = null;
    if (settings.wire().gzip() && Gzip.isAccepted(request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      gzip = new Gzip(broadcaster.trail().compression());
    }
    Connection connection =
        new Connection(request.getRemoteAddr(), request.getRemotePort(), request.getLocalPort());
    return new HttpResponse(response.getOutputStream(), gzip, connection, async::complete);
  }
}
