package dev.trailcast.http.gate;

import dev.trailcast.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a page of another origin may do with one request.
 *
 * <p>A browser adds by itself what its user is known by, a cookie or a password, whichever page
 * asks. So a page that is not allowed is refused, whatever it asks for, though it could not read
 * the answer. Two headers tell, and no page can set them: {@code Sec-Fetch-Site} says how page and
 * server are related as the browser sees it, through whatever proxy; over plain HTTP it is not
 * sent, and {@code Origin} says whose page it is, except where a page only loads something. Who
 * sends neither is no browser.
 */
final class CrossOrigin {
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none"); // none: the user
  private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final Problem REFUSAL =
      Problem.of(
          Response.Status.FORBIDDEN,
          "Pages of this origin may not ask here. The operator of this server can add it to the"
              + " setting trailcast.http.origins.");

  private final HttpServletRequest request;
  private final AllowedOrigins origins;
  private final List<String> stated; // every Origin header
  private final Optional<Origin> origin; // empty, too, if it is opaque, or none

  CrossOrigin(HttpServletRequest request, AllowedOrigins origins) {
    this.request = request;
    this.origins = origins;
    this.stated = Collections.list(request.getHeaders("Origin"));
    this.origin = stated.size() == 1 ? parse(stated.get(0)) : Optional.empty();
  }

  private static Optional<Origin> parse(String text) {
    try {
      return Optional.of(Origin.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isAllowed() {
    return origins.contains(origin);
  }

  /** Has the page read the answer, if it may; and says that the answer depends on that. */
  void grant(HttpServletResponse response) {
    if (origins.isEmpty()) {
      return;
    }
    response.addHeader(HttpHeaders.VARY, "Origin");
    if (isAllowed()) {
      response.setHeader("Access-Control-Allow-Origin", stated.get(0));
      response.setHeader("Access-Control-Allow-Credentials", "true");
      response.setHeader(
          "Access-Control-Expose-Headers", "ETag, Location, Retry-After, WWW-Authenticate");
    }
  }

  /**
   * The same of a file that is no secret. A classic script's {@code import()} is no question of
   * CORS in WebKit, so the resource policy must not stand against it.
   */
  void grantFile(HttpServletResponse response) {
    grant(response);
    if (!origins.isEmpty()) {
      response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    }
  }

  /** Whether the browser of an allowed page only asks what the page may ask. */
  boolean isPreflight() {
    return request.getMethod().equals(HttpMethod.OPTIONS)
        && request.getHeader("Access-Control-Request-Method") != null
        && isAllowed();
  }

  void answerPreflight(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE");
    response.setHeader(
        "Access-Control-Allow-Headers",
        "Authorization, Content-Encoding, Content-Type, If-None-Match, Last-Event-ID,"
            + " traceparent, tracestate, X-Retry-Count"); // the last is Segment's library's
    response.setHeader("Access-Control-Max-Age", "7200"); // seconds; the longest in Chromium
  }

  /** Why the page may not ask this; empty if it may, or no page asks. */
  Optional<Problem> refusal() {
    return isOwn() || isAllowed() || isLink() ? Optional.empty() : Optional.of(REFUSAL);
  }

  private boolean isOwn() {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return OWN_SITES.contains(site);
    }
    return stated.isEmpty() || origin.filter(stated -> stated.isOf(request)).isPresent();
  }

  /** Somebody goes from another page to what is here, and sees it by itself. */
  private boolean isLink() {
    return SAFE.contains(request.getMethod())
        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
        && "document".equals(request.getHeader("Sec-Fetch-Dest"));
  }
}
