package dev.trailcast.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/**
 * Who has sent the request that is served on this thread, for code that was not handed it. CDI
 * gives that of every servlet container; {@code jakarta.security.enterprise} is not on every
 * server, and CDI's own {@code Principal} has a name for nobody, too.
 */
@ApplicationScoped
public class CurrentCaller {
  private static final String NO_REQUEST = "no request is served on this thread, so nobody asks";

  @Inject private Instance<HttpServletRequest> request;

  /**
   * The request itself, for this thread alone.
   *
   * @throws IllegalStateException if none is served here
   */
  public HttpServletRequest request() {
    try {
      HttpServletRequest served = request.get();
      if (served != null && served.getMethod() != null) {
        return served;
      }
    } catch (RuntimeException e) { // as below
      throw new IllegalStateException(NO_REQUEST, e);
    }
    throw new IllegalStateException(NO_REQUEST);
  }

  /** The name of the user who is logged in; null if there is none, or no request. */
  public String name() {
    try {
      Principal principal = request.get().getUserPrincipal();
      return principal == null ? null : principal.getName();
    } catch (RuntimeException e) { // no request is served here; each server says it in its own way
      return null;
    }
  }
}
