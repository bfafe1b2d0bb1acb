package dev.trailcast.ingest;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ConflictingActivityException;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.ForbiddenActivityException;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.activity.Scope;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalFullException;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.Receipt.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  private final LongAdder accepted = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder conflicts = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder lost = new LongAdder();

  /** Hands on to {@code journal} what keeps within {@code settings}. */
  @Inject
  public Intake(Journal journal, IngestSettings settings) {
    this.journal = journal;
    this.settings = settings;
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
      return encoded;
    } catch (InvalidActivityException e) {
      rejected.increment();
      throw e;
    }
  }

  /** Counts one that is too large even to be read. */
  void reject() {
    rejected.increment();
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
      return append(activities, refused);
    } catch (JournalException e) {
      refused.add(activities.size());
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
    if (receipt.outcome() == Outcome.CONFLICT) {
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
        lost.add(batch.size());
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
      return journal
          .append(first)
          .thenCompose( // one after the other: what follows must not come to lie before
              receipts -> {
                receipts.forEach(this::count);
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
        return append(activities, lost);
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
      List<EncodedActivity> activities, LongAdder failed) {
    return journal
        .append(activities)
        .whenComplete(
            (receipts, failure) -> {
              if (failure == null) {
                receipts.forEach(this::count);
              } else {
                failed.add(activities.size());
              }
            });
  }

  private void count(Receipt receipt) {
    switch (receipt.outcome()) {
      case RECORDED -> accepted.increment();
      case DUPLICATE -> duplicates.increment();
      case CONFLICT -> conflicts.increment();
    }
  }

  private static void logConflicts(List<EncodedActivity> batch, List<Receipt> receipts) {
    List<EncodedActivity> conflicts = new ArrayList<>();
    for (int i = 0; i < receipts.size(); i++) {
      if (receipts.get(i).outcome() == Outcome.CONFLICT) {
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
        batch.size() + " activities of a committed transaction were not recorded: " + ids,
        failure);
  }

  /** Ids come from outside: whatever might forge or bend a line of the log is left out. */
  private static String loggable(String id) {
    return id.substring(0, Math.min(id.length(), LONGEST_ID_LOGGED)).replaceAll("[^!-~]", "?");
  }

  /** What has become of everything since the start. */
  public Counts counts() {
    return new Counts(
        accepted.sum(),
        duplicates.sum(),
        conflicts.sum(),
        rejected.sum(),
        refused.sum(),
        lost.sum());
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
