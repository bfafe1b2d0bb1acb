package dev.trailcast.http;

import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** What was sent as an activity is none: 400, or 413 where it is only too large. */
public final class InvalidActivityExceptionMapper
    implements ExceptionMapper<InvalidActivityException> {
  @Override
  public Response toResponse(InvalidActivityException exception) {
    Response.Status status =
        exception instanceof OversizedActivityException
            ? Response.Status.REQUEST_ENTITY_TOO_LARGE
            : Response.Status.BAD_REQUEST;
    return Problem.of(status, exception.getMessage()).toResponse();
  }
}
