package dev.trailcast.health;

import dev.trailcast.ingest.outbox.Outbox;
import dev.trailcast.ingest.outbox.OutboxStatus;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalStatus;
import dev.trailcast.stream.delivery.Readers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the journal is open and can be written. What waits in the outbox is a figure here, and
 * not unreadiness: it is recorded later.
 */
@Readiness
@ApplicationScoped
public class Ready extends Check {
  @Inject private Journal journal;
  @Inject private Readers readers;
  @Inject private Outbox outbox;

  public Ready() {
    super("trailcast-journal");
  }

  @Override
  void look(HealthCheckResponseBuilder response) {
    JournalStatus status = journal.status();
    response
        .withData("queued", status.queued())
        .withData("readers", readers.streams())
        .status(status.isReady());
    status.reason().ifPresent(reason -> response.withData("problem", reason));
    if (status.notice() != null) {
      response.withData("notice", status.notice());
    }
    outbox.status().ifPresent(waiting -> add(response, waiting));
  }

  private static void add(HealthCheckResponseBuilder response, OutboxStatus outbox) {
    response
        .withData("outbox", outbox.activities())
        .withData("outboxOldest", outbox.age(Instant.now()).toSeconds())
        .withData("outboxRefused", outbox.refused());
    if (outbox.problem() != null) {
      response.withData("outboxProblem", outbox.problem());
    }
  }
}
