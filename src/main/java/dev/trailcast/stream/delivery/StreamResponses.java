package dev.trailcast.stream.delivery;

import dev.trailcast.stream.wire.Connection;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Gzip;
import dev.trailcast.stream.wire.HttpOutlet;
import dev.trailcast.stream.wire.HttpResponse;
import dev.trailcast.stream.wire.Outlet;
import dev.trailcast.stream.wire.WriteBuffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;

/**
 * Opens responses that are streams, and refuses them in a way that their readers can take.
 *
 * <p>The response is a suspended request whose servlet stream is written by the pumps: neither
 * server's own sink takes encoded frames, or is safe from one reader that stalls. So nothing of
 * JAX-RS comes behind it, and the headers are set here.
 */
@ApplicationScoped
public class StreamResponses {
  private static final String UTF_8 = ";charset=UTF-8";

  /** Nobody on the way may keep the stream, change it, or (nginx) hold it back to fill a buffer. */
  private static final Map<String, String> HEADERS =
      Map.of(
          HttpHeaders.CACHE_CONTROL,
          "no-store, no-transform",
          "X-Accel-Buffering",
          "no",
          HttpHeaders.VARY,
          HttpHeaders.ACCEPT_ENCODING + ", Origin");

  @Inject private Readers readers;
  @Inject private DeliverySettings settings;

  /**
   * Lets a request be suspended for as long as it likes: a quiet stream is not a slow answer. To be
   * called on the request's own thread, before {@link #open}.
   */
  public void hold(HttpServletRequest request) {
    request.getAsyncContext().setTimeout(0);
  }

  /**
   * Begins the response to a request that is suspended; from now on it can't be refused. Request
   * and response are the container's own where this is not the request's thread.
   *
   * @param heartbeatEvents whether heartbeats are events that a page can see
   * @param resumed whether the client has been here before
   */
  public Outlet open(
      HttpServletRequest request,
      HttpServletResponse response,
      Format format,
      boolean heartbeatEvents,
      boolean resumed)
      throws IOException {
    AsyncContext async = request.getAsyncContext();
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(format.mediaType() + UTF_8);
    HEADERS.forEach(response::setHeader);
    Gzip gzip = null;
    if (settings.wire().gzip() && Gzip.isAccepted(request.getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      gzip = new Gzip(readers.trail().compression());
    }
    HttpResponse opened =
        new HttpResponse(response.getOutputStream(), gzip, Connection.of(request), async::complete);
    long retry = readers.retry().milliseconds();
    return new HttpOutlet(opened, new HttpOutlet.Options(format, heartbeatEvents, resumed, retry));
  }

  /** The headers of a stream, and nothing else. */
  public Response headers(Format format) {
    Response.ResponseBuilder headers = Response.ok().type(format.mediaType() + UTF_8);
    HEADERS.forEach(headers::header);
    return headers.build();
  }

  /** To readers of events: a status that is not 200 would end a browser's EventSource for good. */
  public Response refused(RefusedException refused) {
    WriteBuffer text = new WriteBuffer();
    HttpOutlet.close(text, Format.SSE, refused.reason(), refused.retry().toMillis());
    return Response.fromResponse(headers(Format.SSE)).entity(text.toByteArray()).build();
  }
}
