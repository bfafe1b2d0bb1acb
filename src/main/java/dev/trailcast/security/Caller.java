package dev.trailcast.security;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;

/**
 * Who asks.
 *
 * @param address where from; behind a proxy it is the proxy's
 * @param name of the user who is logged in, or null
 */
public record Caller(String address, String name) {
  /** Who has sent a request; to be asked on the request's own thread. */
  public static Caller of(HttpServletRequest request) {
    Principal principal = request.getUserPrincipal();
    return new Caller(request.getRemoteAddr(), principal == null ? null : principal.getName());
  }

  /** What it gets of what it asks for: until there are log-ins, what anybody may see. */
  public View view(ActivityFilter filter) {
    return new View(filter, Viewer.ANONYMOUS);
  }
}
