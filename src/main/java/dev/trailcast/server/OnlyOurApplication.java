package dev.trailcast.server;

import dev.trailcast.http.TrailcastApi;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/**
 * Keeps Trailcast's resources where they belong. In somebody's own WAR an application that lists no
 * classes gets every resource the server finds, ours as well, at a second path that nobody thinks
 * of where access is restricted. Such an application finds this filter, too.
 */
@Provider
@TrailcastApi
public class OnlyOurApplication implements ContainerRequestFilter {
  /** The injected Application would not tell: on Open Liberty it is the same in all of a WAR. */
  @Context private HttpServletRequest servletRequest;

  @Override
  public void filter(ContainerRequestContext request) {
    if (!servletRequest.getHttpServletMapping().getServletName().equals(TrailcastApi.APPLICATION)) {
      request.abortWith(Response.status(Response.Status.NOT_FOUND).build());
    }
  }
}
