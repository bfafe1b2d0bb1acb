package dev.trailcast.http;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.servlet.ServletContext;

/**
 * The application that this is in. A server may have several with Trailcast, and shows their
 * figures and their health at one address.
 */
@ApplicationScoped
public class HostedApplication {
  private volatile String address = "/";

  /** Before all others who begin with the application. */
  void begin(
      @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.LIBRARY_BEFORE)
          Object application) {
    if (application instanceof ServletContext context && !context.getContextPath().isEmpty()) {
      address = context.getContextPath();
    }
  }

  /** What its addresses begin with: {@code /}, or {@code /shop}. */
  public String address() {
    return address;
  }
}
