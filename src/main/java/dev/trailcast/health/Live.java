package dev.trailcast.health;

import dev.trailcast.container.ContainerThreads;
import dev.trailcast.ingest.outbox.Outbox;
import dev.trailcast.journal.Announcements;
import dev.trailcast.journal.Journal;
import dev.trailcast.stream.delivery.StreamLifecycle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Whether the threads live that nothing but a restart brings back. A stalled reader is no reason,
 * nor a tail that lags: that is unreadiness.
 */
@Liveness
@ApplicationScoped
public class Live extends Check {
  @Inject private ContainerThreads threads;
  @Inject private Journal journal;
  @Inject private StreamLifecycle trail;
  @Inject private Announcements announcements;
  @Inject private Outbox outbox;

  public Live() {
    super("trailcast-threads");
  }

  @Override
  void look(HealthCheckResponseBuilder response) {
    boolean writing = journal.status().writing();
    boolean following = trail.isAlive();
    boolean telling = announcements.isAlive();
    boolean relaying = outbox.isAlive();
    boolean repeating = threads.areRepeating();
    boolean all = writing && following && telling && relaying && repeating;
    response
        .withData("journal", writing)
        .withData("tail", following)
        .withData("observers", telling)
        .withData("outbox", relaying)
        .withData("scheduled", repeating)
        .status(all);
    if (!all) {
      response.withData("problem", "a thread has ended that lasts: restart the application");
    }
  }

  /** A restart would not help. */
  @Override
  void lookAtNothing(HealthCheckResponseBuilder response) {
    response.up();
  }
}
