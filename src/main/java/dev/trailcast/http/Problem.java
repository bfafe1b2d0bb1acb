package dev.trailcast.http;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Why a request was refused: problem details of <a
 * href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>. Their type is always {@code
 * about:blank}: the status says what is to be done.
 *
 * @param status of HTTP
 * @param title the status in words
 * @param detail what is wrong in this case and what would be right, or null
 * @param members further members, in their order; values as {@link Answer} takes them
 * @param retryAfter when it may go better, or null
 */
public record Problem(
    int status, String title, String detail, Map<String, Object> members, Duration retryAfter) {
  /** RFC 9110 (15.5.20): this server does not answer for the host that was asked for. */
  public static final int MISDIRECTED_REQUEST = 421;

  private static final String PROBLEM_JSON = "application/problem+json";
  private static final Set<String> OWN_MEMBERS =
      Set.of("type", "title", "status", "detail", "instance");

  /**
   * @throws IllegalArgumentException if a further member has the name of one that RFC 9457 defines
   */
  public Problem {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    for (String name : members.keySet()) {
      if (OWN_MEMBERS.contains(name)) {
        throw new IllegalArgumentException("members must not have " + name + ", RFC 9457 has it");
      }
    }
  }

  /** A problem of this status; {@code detail} may be null where the status says it all. */
  public static Problem of(int status, String detail) {
    return new Problem(status, title(status), detail, Map.of(), null);
  }

  /** A problem of this status; {@code detail} may be null where the status says it all. */
  public static Problem of(Response.Status status, String detail) {
    return of(status.getStatusCode(), detail);
  }

  /** The request is wrong: 400. */
  public static Problem badRequest(String detail) {
    return of(Response.Status.BAD_REQUEST, detail);
  }

  /** Nothing is wrong with the request, and it may be sent again after a while: 503. */
  public static Problem unavailable(String detail, Duration retryAfter) {
    int status = Response.Status.SERVICE_UNAVAILABLE.getStatusCode();
    return new Problem(status, title(status), detail, Map.of(), retryAfter);
  }

  /**
   * More has come from the caller in this time than may; it may be sent again after a while: 429.
   */
  public static Problem tooMany(String detail, Duration retryAfter) {
    int status = Response.Status.TOO_MANY_REQUESTS.getStatusCode();
    return new Problem(status, title(status), detail, Map.of(), retryAfter);
  }

  /** The same with one more member. */
  public Problem with(String name, Object value) {
    return with(Map.of(name, value));
  }

  /** The same with more members. */
  public Problem with(Map<String, Object> more) {
    Map<String, Object> all = new LinkedHashMap<>(members);
    all.putAll(more);
    return new Problem(status, title, detail, all, retryAfter);
  }

  /** As a response, which nobody is to keep. */
  public Response toResponse() {
    return toResponse(Response.status(status));
  }

  /** As an exception that a resource throws to answer so. */
  public WebApplicationException exception() {
    return new WebApplicationException(detail, toResponse());
  }

  /** As a response that has been begun elsewhere: keeps its status and headers. */
  Response toResponse(Response.ResponseBuilder begun) {
    begun.type(PROBLEM_JSON).header(HttpHeaders.CACHE_CONTROL, Answer.NO_STORE);
    if (retryAfter != null) {
      begun.header(HttpHeaders.RETRY_AFTER, wholeSeconds(retryAfter));
    }
    return begun.entity(json()).build();
  }

  /** Sends it itself, where nobody else would: the request has been suspended. */
  public void writeTo(HttpServletResponse response) throws IOException {
    response.setStatus(status);
    response.setContentType(PROBLEM_JSON);
    response.setHeader(HttpHeaders.CACHE_CONTROL, Answer.NO_STORE);
    if (retryAfter != null) {
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wholeSeconds(retryAfter)));
    }
    response.getOutputStream().write(json());
  }

  byte[] json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("type", "about:blank");
    all.put("title", title);
    all.put("status", status);
    if (detail != null) {
      all.put("detail", detail);
    }
    all.putAll(members);
    return Answer.json(all);
  }

  /** Rounded up, so that nobody comes too early. */
  private static long wholeSeconds(Duration duration) {
    return duration.plusSeconds(1).minusNanos(1).toSeconds();
  }

  private static String title(int status) {
    if (status == MISDIRECTED_REQUEST) { // which Jakarta REST does not name
      return "Misdirected Request";
    }
    Response.Status known = Response.Status.fromStatusCode(status);
    return known == null ? "Refused" : known.getReasonPhrase();
  }
}
