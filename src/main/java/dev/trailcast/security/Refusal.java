package dev.trailcast.security;

import dev.trailcast.http.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/**
 * What is said to whoever is not let in. How it would be, by <a
 * href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3</a>; that is no
 * challenge of browsers', which would ask their user for a password.
 */
final class Refusal {
  private static final String NO_TOKEN = "Bearer realm=\"trailcast\"";
  private static final String BAD_TOKEN = "Bearer error=\"invalid_token\"";

  private Refusal() {}

  /** It has to say who it is: 401. */
  static WebApplicationException unknown(String detail) {
    return unauthorized(detail, NO_TOKEN);
  }

  /** What it says who it is by is not good: 401. */
  static WebApplicationException badToken(String detail) {
    return unauthorized(detail, BAD_TOKEN);
  }

  private static WebApplicationException unauthorized(String detail, String challenge) {
    Response problem = Problem.of(Response.Status.UNAUTHORIZED, detail).toResponse();
    return new WebApplicationException(
        detail,
        Response.fromResponse(problem).header(HttpHeaders.WWW_AUTHENTICATE, challenge).build());
  }

  /** It is known, and may not: 403. */
  static WebApplicationException forbidden(String detail) {
    return Problem.of(Response.Status.FORBIDDEN, detail).exception();
  }
}
