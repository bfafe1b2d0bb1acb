package dev.trailcast.health;

import dev.trailcast.http.HostedApplication;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.delivery.StreamLifecycle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether readers get what is recorded: the tail is there, and follows the journal. */
@Readiness
@ApplicationScoped
public class Follows implements HealthCheck {
  @Inject private HostedApplication application;
  @Inject private Readers readers;
  @Inject private StreamLifecycle trail;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("trailcast-stream")
            .withData("application", application.address())
            .withData("behind", readers.lag().toSeconds())
            .status(trail.problem().isEmpty());
    trail.problem().ifPresent(problem -> response.withData("problem", problem));
    return response.build();
  }
}
