package dev.trailcast.security;

import dev.trailcast.http.Answer;
import dev.trailcast.http.Query;
import dev.trailcast.http.TrailcastApi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** {@code POST /api/events/tickets}: a ticket for the stream that its own query asks for. */
@Path(TrailcastApi.RESOURCES + "events" + TicketsResource.TICKETS)
@TrailcastApi
@ApplicationScoped
public class TicketsResource {
  static final String TICKETS = "/tickets";

  @Inject private Callers callers;
  @Inject private Tickets tickets;

  /** Makes one for whoever asks. */
  @POST
  public Response issue(@Context HttpServletRequest request) {
    Caller caller = callers.withRight(Right.SUBSCRIBE, request);
    Instant expires = Instant.now().plus(Tickets.LIFE).truncatedTo(ChronoUnit.SECONDS);
    String stream = request.getRequestURI();
    Tickets.Errand errand =
        new Tickets.Errand(
            stream.substring(0, stream.length() - TICKETS.length()),
            Query.asked(request.getQueryString()));
    return Answer.of(Response.Status.CREATED)
        .with("ticket", tickets.issue(caller, errand))
        .with("expires", expires.toString())
        .toResponse();
  }
}
