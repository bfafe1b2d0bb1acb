package dev.trailcast.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Set;
import java.util.TreeSet;

/**
 * A refusal by the runtime itself, which found no resource, method or media type to match: the same
 * status and headers ({@code Allow}, …) as a problem. A response that is complete stays as it is.
 */
public final class WebApplicationExceptionMapper
    implements ExceptionMapper<WebApplicationException> {
  private static final int FIRST_ERROR = 400;
  private static final int OURS = 500;

  private final UnexpectedExceptionMapper unexpected = new UnexpectedExceptionMapper();

  @Override
  public Response toResponse(WebApplicationException exception) {
    Response response = exception.getResponse();
    if (response.hasEntity() || response.getStatus() < FIRST_ERROR) {
      return response;
    }
    if (response.getStatus() == OURS) {
      return unexpected.toResponse(exception);
    }
    // not the exception's message: it is the runtime's, and names its classes and our addresses
    return Problem.of(response.getStatus(), null).toResponse(begun(response));
  }

  private static Response.ResponseBuilder begun(Response response) {
    Set<String> allowed = new TreeSet<>(response.getAllowedMethods());
    Response.ResponseBuilder begun = Response.fromResponse(response);
    if (allowed.contains(HttpMethod.GET)) { // Jersey leaves it out, and answers it all the same
      allowed.add(HttpMethod.HEAD);
      begun.allow(allowed);
    }
    return begun;
  }
}
