package dev.trailcast.security;

import dev.trailcast.http.Problem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.time.Duration;

/** Whoever has a token may come again: 503. Nobody is taken for nobody because of that. */
public final class KeysUnavailableExceptionMapper
    implements ExceptionMapper<KeysUnavailableException> {
  private static final Duration RETRY = Duration.ofSeconds(10);

  @Override
  public Response toResponse(KeysUnavailableException unavailable) {
    return Problem.unavailable(unavailable.getMessage(), RETRY).toResponse();
  }
}
