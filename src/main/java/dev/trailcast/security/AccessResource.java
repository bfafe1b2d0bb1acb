package dev.trailcast.security;

import dev.trailcast.http.Answer;
import dev.trailcast.http.TrailcastApi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Stream;

/** {@code GET /api/access}: who asks, what it may, and what anyone may. */
@Path(TrailcastApi.RESOURCES + "access")
@TrailcastApi
@ApplicationScoped
public class AccessResource {
  @Inject private Callers callers;
  @Inject private Grants grants;

  /** Tells it; nobody needs a right to know that. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response access(@Context HttpServletRequest request) {
    Caller caller = callers.of(request);
    Answer answer =
        Answer.of(Response.Status.OK)
            .with("may", names(Stream.of(Right.values()).filter(caller::may)))
            .with("anyone", names(grants.now().openToAnyone().stream()));
    return (caller.name() == null ? answer : answer.with("user", caller.name())).toResponse();
  }

  private static List<String> names(Stream<Right> rights) {
    return rights.map(Right::toString).toList();
  }
}
