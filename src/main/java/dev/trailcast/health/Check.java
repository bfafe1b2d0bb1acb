package dev.trailcast.health;

import dev.trailcast.http.HostedApplication;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * What somebody is told who asks for the application's health. Nothing is looked at before it has
 * begun: a server asks on threads of its own, Payara as soon as it knows the beans, and a bean that
 * such a thread is the first to call would be made with the names and the class loader of another
 * application.
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
    if (application.hasBegun()) {
      look(response);
    } else {
      lookBefore(response);
    }
    return response.build();
  }

  /** Says how it is: whether up, and why not. */
  abstract void look(HealthCheckResponseBuilder response);

  /** Says how it is while there is nothing to look at. */
  void lookBefore(HealthCheckResponseBuilder response) {
    response.withData("problem", "the application is only starting").down();
  }
}
