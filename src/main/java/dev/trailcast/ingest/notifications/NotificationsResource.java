package dev.trailcast.ingest.notifications;

import dev.trailcast.http.Problem;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.ingest.BodyShape;
import dev.trailcast.ingest.Door;
import dev.trailcast.ingest.Recorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** The door for messages to users. An answer means that the message is durable. */
@Path(TrailcastApi.RESOURCES + "notifications")
@TrailcastApi
@ApplicationScoped
public class NotificationsResource {
  private final Recorder recorder;

  /** Has them recorded by {@code recorder}. */
  @Inject
  public NotificationsResource(Recorder recorder) {
    this.recorder = recorder;
  }

  /** For the client proxy that CDI makes. */
  NotificationsResource() {
    this(null);
  }

  /** Records one. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response send(InputStream body, @Context HttpServletRequest request) {
    return recorder.record(Door.NOTIFICATIONS, BodyShape.ONE, body, request, Notification::read);
  }

  /** Whatever else it is. */
  @POST
  @Consumes(MediaType.WILDCARD)
  public Response refuse() {
    return Problem.of(
            Response.Status.UNSUPPORTED_MEDIA_TYPE, "The Content-Type must be application/json.")
        .toResponse();
  }
}
