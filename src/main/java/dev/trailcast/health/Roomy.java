package dev.trailcast.health;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether there is room for more: not where somebody would soon be turned away. */
@Readiness
@ApplicationScoped
public class Roomy extends Check {
  @Inject private Limits limits;

  public Roomy() {
    super("trailcast-limits");
  }

  @Override
  void look(HealthCheckResponseBuilder response) {
    Optional<String> near = limits.near();
    boolean warn = limits.warnOnly();
    response.status(warn || near.isEmpty());
    near.ifPresent(said -> response.withData(warn ? "notice" : "problem", said));
  }
}
