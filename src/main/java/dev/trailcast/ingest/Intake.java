package dev.trailcast.ingest;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ConflictingActivityException;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.ForbiddenActivityException;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.activity.Scope;
import dev.trailcast.activity.TraceContext;
import dev.trailcast.http.TraceHeaders;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalFullException;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.measure.CountsBy;
import dev.trailcast.measure.Distribution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The one way in: checks what a door offers, completes it, encodes it once, hands it on to the
 * journal, and counts. For use by any number of threads.
 */
@ApplicationScoped
public class Intake {
  private static final System.Logger LOG = System.getLogger(Intake.class.getName());

  /**
   * How long a committed transaction waits for room in a full journal. A disk that lives makes some
   * within milliseconds; past this it is an outage, and business must not stand still with the
   * trail.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final int PATIENCE_STEP_MILLIS = 5;

  /**
   * How many activities of a transaction stand next to each other: a larger batch may never fit.
   */
  private static final int MOST_TOGETHER = 1_000;

  private static final int MOST_IDS_LOGGED = 20;
  private static final int LONGEST_ID_LOGGED = 64;

  private final Journal journal;
  private final IngestSettings settings;

  // safe by themselves, and the same for all doors
  private final Map<Door, Counted> doors;
  private final Distribution recordingTimes;

  // of the door that this is at
  private final Door door;
  private final Counted counted;
  private final Optional<TraceContext> trace;

  private Tracing tracing; // set before anybody else comes

  /** What has come in at a door. */
  private static final class Counted {
    final CountsBy<Outcome> outcomes = new CountsBy<>(Outcome.class);
    final LongAdder bytes = new LongAdder(); // of those that were recorded
  }

  /** What becomes of something that is offered. A label of metrics. */
  public enum Outcome {
    /** It is recorded. */
    ACCEPTED,
    /** It had been recorded before. */
    DUPLICATE,
    /** It is not recorded because its id is that of another. */
    CONFLICT,
    /** It is no activity, or beyond what whoever brought it may record. */
    REJECTED,
    /**
     * It is not recorded because the journal was full or not available; whoever brought it was
     * told.
     */
    REFUSED,
    /** The same, of a committed transaction: nobody could be told. */
    LOST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Hands on to {@code journal} what keeps within {@code settings}. */
  @Inject
  public Intake(Journal journal, IngestSettings settings) {
    this.journal = journal;
    this.settings = settings;
    this.doors = new EnumMap<>(Door.class);
    for (Door each : Door.values()) {
      doors.put(each, new Counted());
    }
    this.recordingTimes = Distribution.ofWaits();
    this.door = Door.HTTP;
    this.counted = doors.get(door);
    this.trace = Optional.empty();
    this.tracing = Tracing.NONE;
  }

  private Intake(Intake whole, Door door, Optional<TraceContext> trace) {
    this.journal = whole.journal;
    this.settings = whole.settings;
    this.doors = whole.doors;
    this.recordingTimes = whole.recordingTimes;
    this.door = door;
    this.counted = doors.get(door);
    this.trace = trace;
    this.tracing = whole.tracing;
  }

  @Inject
  void traceBy(Instance<Tracing> servers) {
    if (servers.isResolvable()) {
      tracing = servers.get();
    }
  }

  /** The same, for what comes in at a door; it is counted there. By itself it is at HTTP's. */
  public Intake at(Door where) {
    return new Intake(this, where, Optional.empty());
  }

  /** The same, for what a request brings: a part of its trace, if it says of which. */
  public Intake at(Door where, HttpServletRequest request) {
    return new Intake(this, where, TraceHeaders.of(request));
  }

  /** For the client proxy that CDI makes. */
  Intake() {
    this(null, null);
  }

  /**
   * Lets an activity in, or not; nothing is recorded yet.
   *
   * @param offered read in here, so that what can't be read is counted, too
   * @param caller the actor where the activity names none; may be null
   * @param reach what may be recorded by whoever offers it
   * @throws InvalidActivityException if it is not acceptable; an {@link OversizedActivityException}
   *     if it is too large, a {@link ForbiddenActivityException} if it is beyond that reach
   */
  public EncodedActivity admit(Supplier<Activity> offered, String caller, Scope reach) {
    try {
      Activity activity = offered.get();
      activity.checkForeign();
      if (activity.actor() == null && caller != null) {
        activity = activity.withActor(caller);
      }
      if (!reach.includes(activity)) { // before the journal is asked: nothing is learnt from it
        throw new ForbiddenActivityException();
      }
      EncodedActivity encoded = EncodedActivity.of(activity);
      check(encoded);
      return traced(encoded);
    } catch (InvalidActivityException e) {
      reject();
      throw e;
    }
  }

  /** As a part of a trace, where that is known and there is room: else it is good as it is. */
  private EncodedActivity traced(EncodedActivity encoded) {
    Activity activity = encoded.activity();
    Activity part = trace.or(tracing::current).map(found -> found.addTo(activity)).orElse(activity);
    if (part == activity) {
      return encoded;
    }
    EncodedActivity longer = EncodedActivity.of(part);
    return longer.json().length > settings.maxActivityBytes() ? encoded : longer;
  }

  /** Counts one that is too large even to be read. */
  void reject() {
    counted.outcomes.increment(Outcome.REJECTED);
  }

  private void check(EncodedActivity encoded) {
    if (encoded.json().length > settings.maxActivityBytes()) {
      throw OversizedActivityException.encoded(encoded.json().length, settings.maxActivityBytes());
    }
    Activity activity = encoded.activity();
    if (activity.data() != null && activity.data().depth() > settings.maxDepth()) {
      throw InvalidActivityException.whole(
          "must not have data nested deeper than " + settings.maxDepth() + " levels");
    }
  }

  /**
   * Hands on what was admitted, as one batch, without waiting.
   *
   * @return as {@link Journal#append}
   * @throws JournalException as {@link Journal#append}
   */
  public CompletableFuture<List<Receipt>> record(List<EncodedActivity> activities) {
    try {
      return append(activities, Outcome.REFUSED);
    } catch (JournalException e) {
      counted.outcomes.add(Outcome.REFUSED, activities.size());
      throw e;
    }
  }

  /**
   * Waits until what was handed on is durable.
   *
   * @throws JournalException if it failed; a {@link JournalUnavailableException} also if it takes
   *     longer than the settings say, when whether it will become durable is unknown
   */
  public <T> T await(CompletableFuture<T> receipts) {
    try {
      return receipts.get(settings.ackTimeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new JournalUnavailableException(
          "Not durable within " + settings.ackTimeout() + ", but may become so later", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalUnavailableException("Interrupted before it was known to be durable", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JournalException known) {
        throw known;
      }
      throw new JournalUnavailableException("The journal failed", e.getCause());
    }
  }

  /**
   * Records one that was admitted, and waits until it is durable.
   *
   * @throws ConflictingActivityException if something else was recorded with its id and source
   * @throws JournalException as {@link #record} and {@link #await}
   */
  public Receipt recordDurably(EncodedActivity activity) {
    Receipt receipt = await(record(List.of(activity))).get(0);
    if (receipt.outcome() == Receipt.Outcome.CONFLICT) {
      throw new ConflictingActivityException();
    }
    return receipt;
  }

  /**
   * Records what a committed transaction brought. Nobody waits for it any more: where the journal
   * fails, this is logged and counted, and never thrown.
   */
  public void recordCommitted(List<EncodedActivity> activities) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (int from = 0; from < activities.size(); from += MOST_TOGETHER) {
      int to = Math.min(from + MOST_TOGETHER, activities.size());
      List<EncodedActivity> batch = activities.subList(from, to);
      try {
        appendPatiently(batch, deadline)
            .whenComplete(
                (receipts, failure) -> {
                  if (failure != null) {
                    logLost(batch, failure);
                  } else {
                    logConflicts(batch, receipts);
                  }
                });
      } catch (JournalException e) {
        counted.outcomes.add(Outcome.LOST, batch.size());
        logLost(batch, e);
      }
    }
  }

  /**
   * Records, in their order, what was committed and stays where it is kept until it is durable.
   * Where the journal fails, whoever has kept it tries again, so that counts for nothing. What
   * stays out because something else was recorded with its id and source is logged and counted.
   *
   * @return completes when all of it is settled; fails with a {@link JournalException}, and then a
   *     first part may have been recorded
   */
  public CompletableFuture<Void> recordKept(List<EncodedActivity> activities) {
    List<EncodedActivity> first = activities.subList(0, Math.min(MOST_TOGETHER, activities.size()));
    List<EncodedActivity> rest = activities.subList(first.size(), activities.size());
    if (first.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    try {
      return append(first)
          .thenCompose( // one after the other: what follows must not come to lie before
              receipts -> {
                count(first, receipts);
                logConflicts(first, receipts);
                return recordKept(rest);
              });
    } catch (JournalException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<List<Receipt>> appendPatiently(
      List<EncodedActivity> activities, long deadline) {
    while (true) {
      try {
        return append(activities, Outcome.LOST);
      } catch (JournalFullException e) {
        if (System.nanoTime() - deadline > 0 || !slept()) {
          throw e;
        }
      }
    }
  }

  private static boolean slept() {
    try {
      TimeUnit.MILLISECONDS.sleep(PATIENCE_STEP_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private CompletableFuture<List<Receipt>> append(
      List<EncodedActivity> activities, Outcome ifItFails) {
    return append(activities)
        .whenComplete(
            (receipts, failure) -> {
              if (failure == null) {
                count(activities, receipts);
              } else {
                counted.outcomes.add(ifItFails, activities.size());
              }
            });
  }

  private CompletableFuture<List<Receipt>> append(List<EncodedActivity> activities) {
    Tracing.Recording recording =
        tracing.begin(door, activities.size(), TraceContext.of(activities.get(0).activity()));
    long begun = System.nanoTime();
    try {
      return journal
          .append(activities)
          .whenComplete(
              (receipts, failure) -> {
                recording.end(failure);
                if (failure == null) {
                  recordingTimes.record(System.nanoTime() - begun);
                }
              });
    } catch (JournalException e) {
      recording.end(e);
      throw e;
    }
  }

  private void count(List<EncodedActivity> activities, List<Receipt> receipts) {
    long accepted = 0;
    long bytes = 0;
    for (int i = 0; i < receipts.size(); i++) {
      switch (receipts.get(i).outcome()) {
        case RECORDED -> {
          accepted++;
          bytes += activities.get(i).json().length;
        }
        case DUPLICATE -> counted.outcomes.increment(Outcome.DUPLICATE);
        case CONFLICT -> counted.outcomes.increment(Outcome.CONFLICT);
      }
    }
    counted.outcomes.add(Outcome.ACCEPTED, accepted);
    counted.bytes.add(bytes);
  }

  private static void logConflicts(List<EncodedActivity> batch, List<Receipt> receipts) {
    List<EncodedActivity> conflicts = new ArrayList<>();
    for (int i = 0; i < receipts.size(); i++) {
      if (receipts.get(i).outcome() == Receipt.Outcome.CONFLICT) {
        conflicts.add(batch.get(i));
      }
    }
    if (!conflicts.isEmpty()) {
      logLost(conflicts, new ConflictingActivityException());
    }
  }

  private static void logLost(List<EncodedActivity> batch, Throwable failure) {
    String ids =
        batch.stream()
            .limit(MOST_IDS_LOGGED)
            .map(encoded -> loggable(encoded.activity().id()))
            .collect(Collectors.joining(" "));
    LOG.log(
        System.Logger.Level.ERROR,
        "TRAIL0301E: %d activities of a committed transaction were not recorded: %s"
            .formatted(batch.size(), ids),
        failure);
  }

  /** Ids come from outside: whatever might forge or bend a line of the log is left out. */
  private static String loggable(String id) {
    return id.substring(0, Math.min(id.length(), LONGEST_ID_LOGGED)).replaceAll("[^!-~]", "?");
  }

  /** How many of what came in at a door have become this. */
  public long count(Door door, Outcome outcome) {
    return doors.get(door).outcomes.of(outcome);
  }

  /** How many bytes of JSON were recorded that came in at a door. */
  public long bytes(Door door) {
    return doors.get(door).bytes.sum();
  }

  /** How long it took from when something was handed on to when it was durable. */
  public Distribution recordingTimes() {
    return recordingTimes;
  }

  /** What has become of everything since the start, at whatever door. */
  public Counts counts() {
    return new Counts(
        sum(Outcome.ACCEPTED),
        sum(Outcome.DUPLICATE),
        sum(Outcome.CONFLICT),
        sum(Outcome.REJECTED),
        sum(Outcome.REFUSED),
        sum(Outcome.LOST));
  }

  private long sum(Outcome outcome) {
    return doors.values().stream().mapToLong(each -> each.outcomes.of(outcome)).sum();
  }

  /**
   * What has become of everything offered so far. Each of it is counted in one of these, once that
   * is known.
   *
   * @param accepted recorded
   * @param duplicates had been recorded before
   * @param conflicts not recorded because their ids were those of others
   * @param rejected no activities
   * @param refused not recorded because the journal was full or not available; whoever brought them
   *     was told
   * @param lost the same, of committed transactions: nobody could be told
   */
  public record Counts(
      long accepted, long duplicates, long conflicts, long rejected, long refused, long lost) {}
}
