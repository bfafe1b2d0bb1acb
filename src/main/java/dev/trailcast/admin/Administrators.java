package dev.trailcast.admin;

import dev.trailcast.http.TrailcastApi;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Callers;
import dev.trailcast.security.KeysUnavailableException;
import dev.trailcast.security.Right;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;

/** Lets administrators in, and has the audit trail tell of whoever is none. */
@ApplicationScoped
public class Administrators {
  private final Callers callers;
  private final Audit audit;

  @Inject
  public Administrators(Callers callers, Audit audit) {
    this.callers = callers;
    this.audit = audit;
  }

  /** For the client proxy that CDI makes. */
  Administrators() {
    this(null, null);
  }

  /**
   * Who asks to administer; to be called on the request's own thread.
   *
   * @throws WebApplicationException 401 or 403 if it may not, which is recorded
   * @throws KeysUnavailableException if who it is can't be found out now
   */
  public Caller admit(HttpServletRequest request) {
    Caller caller = null;
    try {
      caller = callers.of(request);
      caller.require(Right.ADMINISTER);
      return caller;
    } catch (WebApplicationException e) {
      audit.refused(
          new Audit.Attempt(
              caller == null ? null : caller.name(),
              request.getRemoteAddr(),
              request.getMethod(),
              request.getRequestURI().replace(TrailcastApi.RESOURCES, ""),
              e.getResponse().getStatus(),
              e.getMessage()));
      throw e;
    }
  }
}
