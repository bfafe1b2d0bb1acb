package dev.trailcast.health;

import dev.trailcast.http.HostedApplication;
import dev.trailcast.stream.delivery.Readers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Whether the newest activities have been read from the journal, and so readers can come. */
@Startup
@ApplicationScoped
public class Started implements HealthCheck {
  @Inject private HostedApplication application;
  @Inject private Readers readers;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("trailcast-tail")
        .withData("application", application.address())
        .status(readers.isOpen())
        .build();
  }
}
