package dev.trailcast.http;

import dev.trailcast.activity.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;

/** Of which trace a request is a part, as its headers say it (W3C Trace Context). */
public final class TraceHeaders {
  private TraceHeaders() {}

  /** Empty where they say nothing, or nothing that can be understood. */
  public static Optional<TraceContext> of(HttpServletRequest request) {
    String parent = request.getHeader("traceparent");
    return parent == null
        ? Optional.empty()
        : TraceContext.of(
            parent, String.join(",", Collections.list(request.getHeaders("tracestate"))));
  }
}
