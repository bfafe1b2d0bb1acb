package dev.trailcast.http;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.UUID;

/**
 * An error of ours: 500, with an id under which the log tells more. Were it left to the runtime, it
 * would tell the client the names of our classes.
 */
public final class UnexpectedExceptionMapper implements ExceptionMapper<Throwable> {
  private static final System.Logger LOG =
      System.getLogger(UnexpectedExceptionMapper.class.getName());

  @Override
  public Response toResponse(Throwable unexpected) {
    return problem(unexpected).toResponse();
  }

  /** The problem that it is for whoever asked; the log is told the rest. */
  public static Problem problem(Throwable unexpected) {
    String errorId = UUID.randomUUID().toString();
    LOG.log(
        System.Logger.Level.ERROR, "TRAIL0602E: A request failed, error id " + errorId, unexpected);
    return Problem.of(
            Response.Status.INTERNAL_SERVER_ERROR, "This is not your fault; the log has the cause.")
        .with("errorId", errorId);
  }
}
