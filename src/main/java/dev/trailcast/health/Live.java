package dev.trailcast.health;

import dev.trailcast.http.HostedApplication;
import dev.trailcast.journal.Journal;
import dev.trailcast.stream.delivery.StreamLifecycle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Whether the threads live that nothing but a restart brings back. A stalled reader is no reason,
 * nor a tail that lags: that is unreadiness.
 */
@Liveness
@ApplicationScoped
public class Live implements HealthCheck {
  @Inject private HostedApplication application;
  @Inject private Journal journal;
  @Inject private StreamLifecycle trail;

  @Override
  public HealthCheckResponse call() {
    boolean writing = journal.status().writing();
    boolean following = trail.isAlive();
    return HealthCheckResponse.named("trailcast-threads")
        .withData("application", application.address())
        .withData("journal", writing)
        .withData("tail", following)
        .status(writing && following)
        .build();
  }
}
