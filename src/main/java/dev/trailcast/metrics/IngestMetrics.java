package dev.trailcast.metrics;

import dev.trailcast.ingest.Door;
import dev.trailcast.ingest.Intake;
import dev.trailcast.ingest.Publishers;
import dev.trailcast.ingest.outbox.Outbox;
import dev.trailcast.ingest.outbox.OutboxStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** How activities come in. */
@ApplicationScoped
public class IngestMetrics {
  @Inject private Intake intake;
  @Inject private Publishers publishers;
  @Inject private Outbox outbox;

  /** Each of them. */
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (Door door : Door.values()) {
      for (Intake.Outcome outcome : Intake.Outcome.values()) {
        figures.add(
            new Figure.Count(
                "trailcast_ingested_activities_total",
                "What has become of all that were offered, by where they came in",
                Map.of("door", door.toString(), "outcome", outcome.toString()),
                () -> intake.count(door, outcome)));
      }
    }
    figures.addAll(
        Figure.countBy(
            "trailcast_ingested_bytes_total",
            "Bytes of JSON that were recorded, by where they came in",
            "door",
            Door.class,
            intake::bytes));
    figures.add(
        Figure.spread(
            "trailcast_recording_seconds",
            "From when activities are handed to the journal to when they are durable",
            intake.recordingTimes()));
    figures.add(refusedBodies("full", publishers::withoutRoom));
    figures.add(refusedBodies("rate", publishers::overQuota));
    figures.add(
        Figure.gauge(
            "trailcast_outbox_activities",
            "Activities that lie in the outbox",
            () -> outbox().activities()));
    figures.add(
        Figure.gauge(
            "trailcast_outbox_oldest_seconds",
            "How long the oldest of them has been there",
            () -> outbox().age(Instant.now()).toMillis() / 1e3));
    figures.add(
        Figure.gauge(
            "trailcast_outbox_refused_activities",
            "Those of them that can't be recorded as they are",
            () -> outbox().refused()));
    return figures;
  }

  private static Figure refusedBodies(String reason, LongSupplier count) {
    return new Figure.Count(
        "trailcast_bodies_refused_total",
        "Bodies that were turned away, by why",
        Map.of("reason", reason),
        count);
  }

  private OutboxStatus outbox() {
    return outbox.status().orElse(OutboxStatus.EMPTY);
  }
}
