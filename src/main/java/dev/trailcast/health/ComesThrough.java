package dev.trailcast.health;

import dev.trailcast.canary.Canary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether what is recorded comes through to who writes to readers: by a canary's example. */
@Readiness
@ApplicationScoped
public class ComesThrough extends Check {
  @Inject private Canary canary;

  public ComesThrough() {
    super("trailcast-canary");
  }

  @Override
  void look(HealthCheckResponseBuilder response) {
    Optional<String> problem = canary.problem();
    response.withData("sent", canary.isOn()).status(problem.isEmpty());
    canary
        .latency()
        .ifPresent(
            latency ->
                response
                    .withData("milliseconds", latency.toMillis())
                    .withData("worstMilliseconds", canary.worst().toMillis()));
    problem.ifPresent(said -> response.withData("problem", said));
  }
}
