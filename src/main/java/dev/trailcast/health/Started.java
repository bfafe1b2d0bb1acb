package dev.trailcast.health;

import dev.trailcast.http.HostedApplication;
import dev.trailcast.stream.delivery.Readers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Startup;

/**
 * Whether the newest activities have been read from the journal and the application has its
 * addresses, and so readers can come.
 */
@Startup
@ApplicationScoped
public class Started extends Check {
  @Inject private HostedApplication application;
  @Inject private Readers readers;

  public Started() {
    super("trailcast-tail");
  }

  @Override
  void look(HealthCheckResponseBuilder response) {
    response.status(readers.isOpen() && application.problem().isEmpty());
    application.problem().ifPresent(problem -> response.withData("problem", problem));
  }
}
