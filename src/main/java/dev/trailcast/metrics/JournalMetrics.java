package dev.trailcast.metrics;

import dev.trailcast.journal.Announcements;
import dev.trailcast.journal.CopyStatus;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalFigures;
import dev.trailcast.journal.JournalReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** How activities are kept. */
@ApplicationScoped
public class JournalMetrics {
  @Inject private Journal journal;
  @Inject private JournalReader reader;
  @Inject private JournalFigures kept;
  @Inject private Announcements announcements;

  /** Each of them. */
  public List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    figures.add(
        Figure.gauge(
            "trailcast_journal_ready",
            "Whether the journal is open and can be written: 1, else 0",
            () -> journal.status().isReady() ? 1 : 0));
    figures.add(
        Figure.spread(
            "trailcast_journal_commit_seconds",
            "How long a commit took that has recorded something",
            kept.commitTimes()));
    figures.add(
        Figure.spread(
            "trailcast_journal_commit_activities",
            "How many activities a commit has recorded",
            kept.commitSizes()));
    figures.add(
        Figure.gauge(
            "trailcast_journal_queued_activities",
            "Activities that wait for the disk",
            () -> journal.status().queued()));
    figures.add(
        Figure.gauge(
            "trailcast_journal_queued_bytes",
            "Bytes of JSON that wait for the disk",
            () -> journal.status().queuedBytes()));
    figures.add(
        Figure.gauge(
            "trailcast_journal_queue_filled_ratio",
            "How much of the room for what waits for the disk is taken, of 1",
            () -> journal.status().filling()));
    figures.add(
        Figure.gauge(
            "trailcast_journal_free_bytes",
            "How much room the journal's disk has left",
            this::free));
    figures.add(
        Figure.gauge(
            "trailcast_journal_clock_leap_seconds",
            "By how much the computer's clock has leapt, while that is not believed",
            () -> journal.status().clockLeap().toMillis() / 1e3));
    figures.add(
        Figure.gauge(
            "trailcast_journal_kept_activities", "Activities that are kept", kept::entries));
    figures.add(
        Figure.gauge(
            "trailcast_journal_bytes",
            "How large the journal's file is, free room in it included",
            kept::bytes));
    figures.add(
        Figure.gauge(
            "trailcast_journal_log_bytes",
            "How large the log is that a commit goes into first",
            kept::logBytes));
    figures.add(
        Figure.gauge(
            "trailcast_journal_oldest_seconds",
            "How long ago the oldest activity was recorded that is kept",
            this::oldest));
    figures.add(
        Figure.count(
            "trailcast_journal_expired_activities_total",
            "Activities that retention has let go",
            kept::expired));
    figures.add(
        Figure.count(
            "trailcast_observer_failures_total",
            "How often the application's observers have failed",
            announcements::observerFailures));
    figures.add(
        Figure.gauge(
            "trailcast_observers_behind_activities",
            "Activities that the application's observers have not been told of yet",
            announcements::observersBehind));
    journal.copy().ifPresent(any -> figures.addAll(ofKafka()));
    return figures;
  }

  /** Not known before the directory was looked at for the first time. */
  private double free() {
    long bytes = journal.status().freeBytes();
    return bytes == Long.MAX_VALUE ? Double.NaN : bytes;
  }

  private double oldest() {
    try {
      List<JournalEntry> first = reader.read(reader.extent().floor().offset(), 1).entries();
      return first.isEmpty()
          ? 0
          : Duration.between(first.get(0).recorded(), Instant.now()).toMillis() / 1e3;
    } catch (JournalException e) { // it can't be read now, which health says
      return Double.NaN;
    }
  }

  private List<Figure> ofKafka() {
    return List.of(
        Figure.gauge(
            "trailcast_kafka_answers",
            "Whether the brokers answer: 1, else 0",
            () -> copy().answering() ? 1 : 0),
        Figure.gauge(
            "trailcast_kafka_behind_records",
            "Records of the topic that are not here yet",
            () -> copy().behind()),
        skipped("invalid", CopyStatus::invalid),
        skipped("oversized", CopyStatus::oversized),
        skipped("refused", CopyStatus::refused));
  }

  private Figure skipped(String reason, ToLongFunction<CopyStatus> count) {
    return new Figure.Count(
        "trailcast_kafka_skipped_records_total",
        "Records of the topic that have no entry, by why",
        Map.of("reason", reason),
        () -> count.applyAsLong(copy()));
  }

  private CopyStatus copy() {
    return journal.copy().orElseThrow();
  }
}
