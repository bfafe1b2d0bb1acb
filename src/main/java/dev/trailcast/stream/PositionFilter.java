package dev.trailcast.stream;

import dev.trailcast.journal.JournalUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger.Level;

/**
 * What {@link TrailcastPosition} asks for. An application that lists its classes lists this one,
 * too; else it is found.
 *
 * <p>Safe for use by many threads.
 */
@Provider
@TrailcastPosition
@ApplicationScoped
public class PositionFilter implements ContainerRequestFilter, ContainerResponseFilter {
  /** Where the trail was. */
  public static final String HEADER = "Trailcast-Position";

  private static final System.Logger LOG = System.getLogger(PositionFilter.class.getName());

  @Inject private ActivityTrail trail;
  @Context private HttpServletRequest servletRequest;

  /** Before the method is called: state that is read later has at least what lies before it. */
  @Override
  public void filter(ContainerRequestContext request) {
    try {
      trail
          .position(servletRequest)
          .ifPresent(position -> request.setProperty(HEADER, position.toString()));
    } catch (JournalUnavailableException e) { // what the host answers is as good without
      LOG.log(Level.DEBUG, "An answer goes without a position", e);
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Object position = request.getProperty(HEADER);
    if (position != null) {
      response.getHeaders().putSingle(HEADER, position);
    }
  }
}
