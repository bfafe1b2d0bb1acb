package dev.trailcast.health;

import dev.trailcast.health.HealthSettings.NearLimit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether there is room for more: not where somebody would soon be turned away. */
@Readiness
@ApplicationScoped
public class Roomy extends Check {
  @Inject private HealthSettings settings;
  @Inject private Limits limits;

  public Roomy() {
    super("trailcast-limits");
  }

  @Override
  void look(HealthCheckResponseBuilder response) {
    Optional<String> near = limits.near();
    boolean warnsOnly = settings.limits() == NearLimit.WARN;
    response.status(warnsOnly || near.isEmpty());
    near.ifPresent(said -> response.withData(warnsOnly ? "notice" : "problem", said));
  }
}
