package dev.trailcast.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.Excerpt;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.container.ContainerThreads;
import dev.trailcast.ingest.Door;
import dev.trailcast.ingest.Intake;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Grants;
import dev.trailcast.security.Right;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The trail of what was administered: activities of the types {@code trailcast.audit.…}, by the
 * administrator, for administrators. Where anyone may administer they are for everybody.
 *
 * <p>What was done is done, whether or not it can be recorded: where the journal fails, the log
 * tells it. Whoever is refused can't fill the journal by that: in a minute so many are recorded one
 * by one, and of the others how many they were. Safe for use by many threads.
 */
@ApplicationScoped
public class Audit {
  /** How many refusals are recorded one by one, in each {@link #PERIOD}. */
  static final int MOST_REFUSALS = 20;

  static final Duration PERIOD = Duration.ofMinutes(1);

  private static final System.Logger LOG = System.getLogger(Audit.class.getName());
  private static final String TYPE = "trailcast.audit.";
  private static final String SOURCE = "/trailcast";
  private static final int LONGEST_TEXT = 256;

  /**
   * What somebody wanted who may not.
   *
   * @param name of the user; null where that is not known
   * @param address where from
   * @param method of HTTP
   * @param path that was asked for, without a query
   * @param status it was answered with
   * @param reason why it was refused
   */
  record Attempt(
      String name, String address, String method, String path, int status, String reason) {}

  /** Has something done later. */
  interface Later {
    void run(Runnable task, Duration delay);
  }

  // fixed at birth
  private final Intake intake;
  private final Grants grants;
  private Later later;

  // guarded by this: refusals of this period, which is none while there are none
  private long refused;

  @Inject
  public Audit(Intake intake, Grants grants) {
    this(intake, grants, null);
  }

  /** For the client proxy that CDI makes. */
  Audit() {
    intake = null;
    grants = null;
  }

  Audit(Intake intake, Grants grants, Later later) {
    this.intake = intake;
    this.grants = grants;
    this.later = later;
  }

  @Inject
  void borrowThreads(ContainerThreads threads) {
    ManagedScheduledExecutorService scheduler = threads.scheduler();
    later = (task, delay) -> scheduler.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * An administrator has had something erased. Returns when that is recorded.
   *
   * @param what was erased, as Jakarta JSON Binding takes it; nothing of it itself
   */
  public void erased(Caller administrator, Map<String, Object> what) {
    recordDurably(activity("erased", administrator.name(), null, what));
  }

  /**
   * An administrator has had a backup made. Returns when that is recorded.
   *
   * @param backup what was answered
   */
  public void backedUp(Caller administrator, Map<String, Object> backup) {
    recordDurably(activity("backed-up", administrator.name(), null, backup));
  }

  /**
   * An administrator has ended a reader. Returns when that is recorded.
   *
   * @param reader its id
   * @param user its name; null for nobody
   * @param address where it was
   */
  public void ended(Caller administrator, String reader, String user, String address) {
    Map<String, Object> data = new LinkedHashMap<>();
    put(data, "user", user);
    put(data, "address", address);
    recordDurably(activity("ended", administrator.name(), "readers/" + reader, data));
  }

  /** Somebody was refused. Nobody waits until it is recorded. */
  void refused(Attempt attempt) {
    if (isOneTooMany()) {
      return;
    }
    Map<String, Object> data = new LinkedHashMap<>();
    put(data, "address", attempt.address());
    put(data, "method", attempt.method());
    put(data, "path", attempt.path());
    data.put("status", attempt.status());
    put(data, "reason", attempt.reason());
    record(activity("refused", attempt.name(), null, data));
  }

  private synchronized boolean isOneTooMany() {
    if (refused++ == 0) {
      later.run(this::endPeriod, PERIOD);
    }
    return refused > MOST_REFUSALS;
  }

  private void endPeriod() {
    long leftOut;
    synchronized (this) {
      leftOut = refused - MOST_REFUSALS;
      refused = 0;
    }
    if (leftOut > 0) {
      record(activity("refused", null, null, Map.of("leftOut", leftOut)));
    }
  }

  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
    endPeriod();
  }

  private static void put(Map<String, Object> data, String name, String text) {
    if (text != null) {
      data.put(name, Excerpt.of(text, LONGEST_TEXT));
    }
  }

  private Activity activity(String act, String actor, String subject, Map<String, Object> data) {
    Activity activity = Activity.of(null, TYPE + act, subject).withSource(SOURCE).withData(data);
    if (!grants.now().openToAnyone().contains(Right.ADMINISTER)) {
      activity = activity.withAudience("role:" + Caller.ADMINISTRATORS);
    }
    try {
      return actor == null ? activity : activity.withActor(actor);
    } catch (InvalidActivityException e) { // a name that no activity may hold
      Map<String, Object> more = new LinkedHashMap<>(data);
      put(more, "actor", actor);
      return activity.withData(more);
    }
  }

  private void recordDurably(Activity activity) {
    try {
      intake.await(record(activity));
    } catch (JournalException e) {
      LOG.log(Level.DEBUG, "Not known to be durable", e); // a failure has been logged as such
    }
  }

  private CompletableFuture<List<Receipt>> record(Activity activity) {
    EncodedActivity encoded = EncodedActivity.of(activity);
    CompletableFuture<List<Receipt>> receipts;
    try {
      receipts = intake.at(Door.AUDIT).record(List.of(encoded));
    } catch (JournalException e) {
      receipts = CompletableFuture.failedFuture(e);
    }
    return receipts.whenComplete(
        (any, failure) -> {
          if (failure != null) {
            LOG.log(
                Level.ERROR,
                "TRAIL0503E: Not recorded: " + new String(encoded.json(), UTF_8),
                failure);
          }
        });
  }
}
