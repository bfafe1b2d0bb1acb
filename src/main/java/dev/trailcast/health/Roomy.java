package dev.trailcast.health;

import dev.trailcast.health.HealthSettings.NearLimit;
import dev.trailcast.http.HostedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether there is room for more: not where somebody would soon be turned away. */
@Readiness
@ApplicationScoped
public class Roomy implements HealthCheck {
  @Inject private HostedApplication application;
  @Inject private HealthSettings settings;
  @Inject private Limits limits;

  @Override
  public HealthCheckResponse call() {
    Optional<String> near = limits.near();
    boolean warnsOnly = settings.limits() == NearLimit.WARN;
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("trailcast-limits")
            .withData("application", application.address())
            .status(warnsOnly || near.isEmpty());
    near.ifPresent(said -> response.withData(warnsOnly ? "notice" : "problem", said));
    return response.build();
  }
}
