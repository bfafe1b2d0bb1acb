package dev.trailcast.stream;

import dev.trailcast.http.Problem;
import dev.trailcast.stream.Admission.Client;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Opens responses that are streams, and refuses them in a way that their readers can take.
 *
 * <p>The response is a suspended request whose servlet stream is written by {@link Pumps}: neither
 * server's own sink takes encoded frames, or is safe from one reader that stalls. So nothing of
 * JAX-RS comes behind it, and the headers are set here.
 */
@ApplicationScoped
public class StreamResponses {
  static final String EVENT_STREAM = "text/event-stream";
  private static final String UTF_8 = ";charset=UTF-8";

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
  @Inject private StreamSettings settings;

  /** Whose stream it will be. */
  static Client client(HttpServletRequest request) {
    return new Client(request.getRemoteAddr(), request.getRemoteUser());
  }

  /** Begins the response to a request that is suspended; from now on it can't be refused. */
  HttpResponse open(HttpServletRequest request, HttpServletResponse response, String mediaType)
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

  /** The headers of a stream of events, and nothing else. */
  Response headers() {
    Response.ResponseBuilder headers = Response.ok().type(EVENT_STREAM + UTF_8);
    HEADERS.forEach(headers::header);
    return headers.build();
  }

  /** To readers of events: a status that is not 200 would end a browser's EventSource for good. */
  Response refused(CloseReason reason) {
    WriteBuffer text = new WriteBuffer();
    SseOutlet.putClosing(text, reason, retry().refused(reason));
    return Response.fromResponse(headers()).entity(text.toByteArray()).build();
  }

  /** To everybody else. */
  WebApplicationException unavailable(CloseReason reason) {
    Duration retry = Duration.ofMillis(retry().refused(reason));
    return Problem.unavailable("Not for now: " + reason, retry).exception();
  }

  RetryDelay retry() {
    return new RetryDelay(settings.wire().retry(), settings.drain().retry());
  }
}
