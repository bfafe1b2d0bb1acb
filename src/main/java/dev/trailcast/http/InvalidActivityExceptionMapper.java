package dev.trailcast.http;

import dev.trailcast.activity.ConflictingActivityException;
import dev.trailcast.activity.ForbiddenActivityException;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * What was sent as an activity is none: 400, or 413 where it is only too large, 409 where its id
 * was another's before, 403 where it is not for its sender to record. The member {@code attribute}
 * names the attribute at fault, where it is one's.
 */
public final class InvalidActivityExceptionMapper
    implements ExceptionMapper<InvalidActivityException> {
  @Override
  public Response toResponse(InvalidActivityException exception) {
    Problem problem = Problem.of(status(exception), exception.getMessage());
    return exception
        .attribute()
        .map(attribute -> problem.with("attribute", attribute))
        .orElse(problem)
        .toResponse();
  }

  private static Response.Status status(InvalidActivityException exception) {
    if (exception instanceof OversizedActivityException) {
      return Response.Status.REQUEST_ENTITY_TOO_LARGE;
    }
    if (exception instanceof ForbiddenActivityException) {
      return Response.Status.FORBIDDEN;
    }
    return exception instanceof ConflictingActivityException
        ? Response.Status.CONFLICT
        : Response.Status.BAD_REQUEST;
  }
}
