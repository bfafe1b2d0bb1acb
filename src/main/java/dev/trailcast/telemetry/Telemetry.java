package dev.trailcast.telemetry;

import dev.trailcast.ingest.Tracing;
import dev.trailcast.ingest.TracingSettings;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
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

  /**
   * What traces recording, where that is switched on. Where it is not, Payara makes spans all the
   * same, which nobody ever gets: they are not to stand in every activity.
   */
  @Produces
  @ApplicationScoped
  Tracing tracing(TracingSettings settings) {
    return api()
        .filter(api -> settings.on())
        .map(api -> (Tracing) new RecordingSpans(api.getTracer(SCOPE)))
        .orElse(Tracing.NONE);
  }
}
