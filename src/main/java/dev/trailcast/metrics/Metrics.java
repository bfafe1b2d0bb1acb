package dev.trailcast.metrics;

import dev.trailcast.http.HostedApplication;
import dev.trailcast.ingest.Intake;
import dev.trailcast.ingest.Publishers;
import dev.trailcast.ingest.outbox.Outbox;
import dev.trailcast.ingest.outbox.OutboxStatus;
import dev.trailcast.journal.Announcements;
import dev.trailcast.journal.CopyStatus;
import dev.trailcast.journal.Journal;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.follow.Followers;
import dev.trailcast.stream.follow.FollowingStatus;
import dev.trailcast.stream.pages.LongPolls;
import dev.trailcast.stream.wire.CloseReason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Registers the figures when the application is reached, each with the application it is of; the
 * server forgets them when it ends.
 */
@ApplicationScoped
public class Metrics {
  @Inject private MetricRegistry registry;
  @Inject private HostedApplication application;
  @Inject private Journal journal;
  @Inject private Announcements announcements;
  @Inject private Intake intake;
  @Inject private Publishers publishers;
  @Inject private Outbox outbox;
  @Inject private Readers readers;
  @Inject private LongPolls polls;
  @Inject private Followers followers;

  void register(@Observes HostedApplication.Served served) {
    gauge("trailcast_readers", "Streams that are open", readers::streams);
    gauge(
        "trailcast_tail_lag_seconds",
        "How far what readers follow is behind the journal",
        () -> readers.lag().toNanos() / 1e9);
    gauge("trailcast_requests_waiting", "Requests that wait for a page", polls::waiting);
    gauge("trailcast_searches", "Requests that have something looked for", readers::searches);
    gauge("trailcast_stalled_threads", "Threads that stalled readers hold", readers::threadsHeld);
    gauge(
        "trailcast_stalled_waiting",
        "Stalled readers that are not written to",
        readers::stalledWaiting);
    gauge(
        "trailcast_linger_seconds",
        "How long a write waits for more to send",
        () -> readers.linger().toNanos() / 1e9);
    gauge(
        "trailcast_journal_queued_activities",
        "Activities that wait for the disk",
        () -> journal.status().queued());
    journal.copy().ifPresent(any -> registerCopy());
    gauge(
        "trailcast_outbox_activities",
        "Activities that lie in the outbox",
        () -> outbox().activities());
    gauge(
        "trailcast_outbox_oldest_seconds",
        "How long the oldest of them has been there",
        () -> outbox().age(Instant.now()).toMillis() / 1e3);
    gauge(
        "trailcast_outbox_refused_activities",
        "Those of them that can't be recorded as they are",
        () -> outbox().refused());
    gauge(
        "trailcast_observer_failures",
        "How often the application's observers have failed",
        announcements::observerFailures);
    gauge(
        "trailcast_observers_behind_activities",
        "Activities that the application's observers have not been told of yet",
        announcements::observersBehind);
    gauge("trailcast_followers", "Beans that follow the journal", () -> followers.status().size());
    gauge(
        "trailcast_follower_behind_activities",
        "How far the last of them is behind",
        () -> followers.status().stream().mapToLong(FollowingStatus::behind).max().orElse(0));
    followers("failures", "How often they have failed", FollowingStatus::failures);
    followers("gaps", "How often the journal could not give them all", FollowingStatus::gaps);
    followers("parked_activities", "Activities that they go on without", FollowingStatus::parked);
    refusedBodies("full", publishers::withoutRoom);
    refusedBodies("rate", publishers::overQuota);
    ingested("accepted", Intake.Counts::accepted);
    ingested("duplicate", Intake.Counts::duplicates);
    ingested("conflict", Intake.Counts::conflicts);
    ingested("rejected", Intake.Counts::rejected);
    ingested("refused", Intake.Counts::refused);
    ingested("lost", Intake.Counts::lost);
    readers.onEnd(counters("trailcast_streams_ended_total", "Streams that have ended"));
    readers.onRefusal(counters("trailcast_streams_refused_total", "Readers turned away"));
  }

  private void registerCopy() {
    gauge(
        "trailcast_kafka_behind_records",
        "Records of the topic that are not here yet",
        () -> journal.copy().orElseThrow().behind());
    skipped("invalid", CopyStatus::invalid);
    skipped("oversized", CopyStatus::oversized);
  }

  private void skipped(String reason, ToLongFunction<CopyStatus> count) {
    registry.gauge(
        metadata("trailcast_kafka_skipped_records", "Records of the topic that are no activities"),
        () -> count.applyAsLong(journal.copy().orElseThrow()),
        application(),
        new Tag("reason", reason));
  }

  private OutboxStatus outbox() {
    return outbox.status().orElse(OutboxStatus.EMPTY);
  }

  private void gauge(String name, String description, Supplier<Number> figure) {
    registry.gauge(metadata(name, description), figure::get, application());
  }

  private void followers(
      String figure, String description, ToLongFunction<FollowingStatus> ofEach) {
    gauge(
        "trailcast_follower_" + figure,
        description,
        () -> followers.status().stream().mapToLong(ofEach).sum());
  }

  private void refusedBodies(String reason, Supplier<Number> count) {
    registry.gauge(
        metadata("trailcast_bodies_refused", "Bodies that were turned away"),
        count::get,
        application(),
        new Tag("reason", reason));
  }

  private void ingested(String outcome, ToLongFunction<Intake.Counts> count) {
    registry.gauge(
        metadata("trailcast_ingested_activities", "What has become of all that were offered"),
        () -> count.applyAsLong(intake.counts()),
        application(),
        new Tag("outcome", outcome));
  }

  /** Counts by reason; each is there from the beginning, so that its first rise is seen. */
  private Consumer<CloseReason> counters(String name, String description) {
    Map<CloseReason, Counter> counters = new EnumMap<>(CloseReason.class);
    for (CloseReason reason : CloseReason.values()) {
      Tag label = new Tag("reason", reason.toString());
      counters.put(reason, registry.counter(metadata(name, description), application(), label));
    }
    return reason -> counters.get(reason).inc();
  }

  private Tag application() {
    return new Tag("application", application.address());
  }

  private static Metadata metadata(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }
}
