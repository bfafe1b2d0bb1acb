package dev.trailcast.health;

import dev.trailcast.canary.Canary;
import dev.trailcast.http.HostedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether what is recorded comes through to who writes to readers: by a canary's example. */
@Readiness
@ApplicationScoped
public class ComesThrough implements HealthCheck {
  @Inject private HostedApplication application;
  @Inject private Canary canary;

  @Override
  public HealthCheckResponse call() {
    Optional<String> problem = canary.problem();
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("trailcast-canary")
            .withData("application", application.address())
            .withData("sent", canary.isOn())
            .status(problem.isEmpty());
    canary
        .latency()
        .ifPresent(
            latency ->
                response
                    .withData("milliseconds", latency.toMillis())
                    .withData("worstMilliseconds", canary.worst().toMillis()));
    problem.ifPresent(said -> response.withData("problem", said));
    return response.build();
  }
}
