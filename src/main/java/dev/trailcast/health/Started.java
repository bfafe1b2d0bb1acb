package dev.trailcast.health;

import dev.trailcast.http.HostedApplication;
import dev.trailcast.stream.delivery.Readers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

/**
 * Whether the newest activities have been read from the journal and the application has its
 * addresses, and so readers can come.
 */
@Startup
@ApplicationScoped
public class Started implements HealthCheck {
  @Inject private HostedApplication application;
  @Inject private Readers readers;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("trailcast-tail")
            .withData("application", application.address())
            .status(readers.isOpen() && application.problem().isEmpty());
    application.problem().ifPresent(problem -> response.withData("problem", problem));
    return response.build();
  }
}
