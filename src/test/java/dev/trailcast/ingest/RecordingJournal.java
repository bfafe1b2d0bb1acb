package dev.trailcast.ingest;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Erased;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalFullException;
import dev.trailcast.journal.JournalStatus;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.StreamPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/** A journal in memory that does to each batch what the test says, and tells what it was given. */
public class RecordingJournal implements Journal {
  /** What becomes of a batch. */
  public enum Outcome {
    DURABLE,
    /** Is left open until {@link RecordingJournal#release}. */
    HELD,
    FULL,
    UNAVAILABLE,
    /** Is taken, and then fails. */
    FAILED
  }

  /** The batches that were taken, in their order. */
  final List<List<EncodedActivity>> batches = new ArrayList<>();

  private final IntFunction<Outcome> outcomes;
  private final Map<String, StreamPosition> positions = new HashMap<>();
  private final Map<StreamPosition, Activity> recorded = new HashMap<>();
  private final List<Runnable> held = new ArrayList<>();
  private int appends;
  private String problem; // of the last

  public RecordingJournal() {
    this(batch -> Outcome.DURABLE);
  }

  /**
   * @param outcomes what becomes of which batch, counted from 0 and over all that were brought
   */
  public RecordingJournal(IntFunction<Outcome> outcomes) {
    this.outcomes = outcomes;
  }

  @Override
  public synchronized CompletableFuture<List<Receipt>> append(List<EncodedActivity> activities) {
    Outcome outcome = outcomes.apply(appends++);
    boolean fails = outcome == Outcome.UNAVAILABLE || outcome == Outcome.FAILED;
    problem = fails ? "it has failed, says the test" : null;
    switch (outcome) {
      case FULL -> throw new JournalFullException("full, says the test");
      case UNAVAILABLE -> throw new JournalUnavailableException("/secret/path", null);
      default -> batches.add(List.copyOf(activities));
    }
    CompletableFuture<List<Receipt>> receipts = new CompletableFuture<>();
    switch (outcome) {
      case HELD -> held.add(() -> receipts.complete(record(activities)));
      case FAILED ->
          receipts.completeExceptionally(new JournalUnavailableException("/secret/path", null));
      default -> receipts.complete(record(activities));
    }
    return receipts;
  }

  /** Makes durable what is held, in its order. */
  synchronized void release() {
    held.forEach(Runnable::run);
    held.clear();
  }

  /** The batches that were taken, in their order. */
  public synchronized List<List<EncodedActivity>> batches() {
    return List.copyOf(batches);
  }

  private List<Receipt> record(List<EncodedActivity> activities) {
    List<Receipt> receipts = new ArrayList<>();
    for (EncodedActivity activity : activities) {
      String key = activity.activity().source() + ' ' + activity.activity().id();
      StreamPosition next = new StreamPosition("e", positions.size() + 1L);
      StreamPosition known = positions.putIfAbsent(key, next);
      Activity before = known == null ? null : recorded.get(known);
      if (before == null) {
        recorded.put(next, activity.activity());
        receipts.add(new Receipt(next, Receipt.Outcome.RECORDED));
      } else if (before.tellsTheSame(activity.activity())) {
        receipts.add(new Receipt(known, Receipt.Outcome.DUPLICATE));
      } else {
        receipts.add(new Receipt(known, Receipt.Outcome.CONFLICT));
      }
    }
    return receipts;
  }

  /** Is as at the beginning again. */
  synchronized void forget() {
    batches.clear();
    positions.clear();
    recorded.clear();
  }

  /** The ids of everything that was taken, in its order. */
  public synchronized List<String> ids() {
    return batches.stream().flatMap(List::stream).map(taken -> taken.activity().id()).toList();
  }

  @Override
  public CompletableFuture<Erased> erase(String actor) {
    throw new UnsupportedOperationException("no door erases");
  }

  @Override
  public synchronized JournalStatus status() {
    return new JournalStatus(problem, true, 0, 0, null, 0, Long.MAX_VALUE, Duration.ZERO);
  }
}
