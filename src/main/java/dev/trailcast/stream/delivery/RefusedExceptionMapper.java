package dev.trailcast.stream.delivery;

import dev.trailcast.http.Problem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** A reader is turned away: 503, and when to come again. Browsers are told so otherwise. */
public final class RefusedExceptionMapper implements ExceptionMapper<RefusedException> {
  @Override
  public Response toResponse(RefusedException refused) {
    return Problem.unavailable(refused.getMessage(), refused.retry()).toResponse();
  }
}
