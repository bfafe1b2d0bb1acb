package dev.trailcast.health;

import dev.trailcast.http.HostedApplication;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * What somebody is told who asks for the application's health. Nothing is looked at before it has
 * begun, or after its end: a server asks on threads of its own, Payara as soon as it knows the
 * beans, and a bean that such a thread is the first to call would be made with the names and the
 * class loader of another application.
 */
abstract class Check implements HealthCheck {
  private final String name;

  @Inject private HostedApplication application;

  Check(String name) {
    this.name = name;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named(name).withData("application", application.address());
    if (application.isRunning()) {
      look(response);
    } else {
      lookAtNothing(response);
    }
    return response.build();
  }

  /** Says how it is: whether up, and why not. */
  abstract void look(HealthCheckResponseBuilder response);

  /** Says how it is while there is nothing that may be looked at. */
  void lookAtNothing(HealthCheckResponseBuilder response) {
    response.withData("problem", "the application is starting, or has ended").down();
  }
}
