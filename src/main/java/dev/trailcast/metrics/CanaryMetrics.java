package dev.trailcast.metrics;

import dev.trailcast.canary.Canary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** How long the whole way takes, from the journal's queue to a thread that writes to readers. */
@ApplicationScoped
public class CanaryMetrics {
  @Inject private Canary canary;

  /** Each of them. */
  public List<Figure> figures() {
    return List.of(
        Figure.count(
            "trailcast_canaries_total", "Canaries that have come through", canary::arrivals),
        Figure.gauge(
            "trailcast_canary_seconds",
            "How long the last one took, from the journal to a writer",
            () -> canary.latency().orElse(Duration.ZERO).toNanos() / 1e9),
        Figure.gauge(
            "trailcast_canary_worst_seconds",
            "The longest that one took in the last minute, or has taken so far",
            () -> canary.worst().toNanos() / 1e9),
        Figure.gauge(
            "trailcast_canary_late",
            "Whether none has come through for too long: 1, else 0",
            () -> canary.problem().isPresent() ? 1 : 0));
  }
}
