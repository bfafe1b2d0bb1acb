package dev.trailcast.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** The server's OpenTelemetry. */
@ApplicationScoped
public class Telemetry {
  private static final Logger LOG = System.getLogger(Telemetry.class.getName());

  /** What tells Trailcast's figures and spans from others. */
  static final String SCOPE = "dev.trailcast";

  @Inject private Instance<OpenTelemetry> servers;

  /** Empty where there is the class, but nobody gives one. */
  public Optional<OpenTelemetry> api() {
    try {
      return servers.isResolvable() ? Optional.of(servers.get()) : Optional.empty();
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "This server has no OpenTelemetry after all", e);
      return Optional.empty();
    }
  }
}
