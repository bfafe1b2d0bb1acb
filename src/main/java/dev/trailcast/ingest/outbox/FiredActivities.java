package dev.trailcast.ingest.outbox;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.Scope;
import dev.trailcast.ingest.Door;
import dev.trailcast.ingest.IngestSettings;
import dev.trailcast.ingest.Intake;
import dev.trailcast.security.CurrentCaller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The door for beans: {@code Event<Activity>}. What the application itself fires needs no right.
 *
 * <ul>
 *   <li>{@code fire} outside a transaction returns when the activity is durable, or throws.
 *   <li>{@code fire} inside a transaction returns at once, or throws if it is no activity, or if
 *       the outbox can't keep it. It is recorded if and when the transaction has committed: with an
 *       {@link Outbox}, whatever happens then; without, if that fails nobody can be told any more,
 *       and it is logged and counted.
 *   <li>{@code fireAsync} is recorded at once, whatever becomes of the transaction; its stage
 *       completes when the activity is durable, or tells why it is not.
 * </ul>
 *
 * Where it names no actor, that is the user whose request is served on the thread that records it,
 * which for {@code fireAsync} is none's.
 */
@ApplicationScoped
public class FiredActivities {
  private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

  private final Intake intake;
  private final IngestSettings settings;
  private final CurrentCaller caller;
  private final Outbox outbox;
  private final Object key =
      new Object(); // what a transaction keeps ours under: nobody else has it
  private volatile TransactionSynchronizationRegistry registry;

  /** Hands on to {@code intake}. */
  @Inject
  public FiredActivities(
      Intake intake, IngestSettings settings, CurrentCaller caller, Outbox outbox) {
    this.intake = intake;
    this.settings = settings;
    this.caller = caller;
    this.outbox = outbox;
  }

  /** For the client proxy that CDI makes. */
  FiredActivities() {
    this(null, null, null, null);
  }

  void record(@Observes Activity activity) {
    String name = activity.actor() == null ? caller.name() : null;
    Intake at = intake.at(Door.BEANS);
    EncodedActivity encoded = at.admit(() -> activity, name, Scope.EVERYTHING);
    TransactionSynchronizationRegistry transactions = registry();
    int status =
        transactions == null ? Status.STATUS_NO_TRANSACTION : transactions.getTransactionStatus();
    switch (status) {
      case Status.STATUS_ACTIVE -> ofTransaction(transactions).add(encoded);
      case Status.STATUS_MARKED_ROLLBACK -> {} // will not have happened
      default -> at.recordDurably(encoded);
    }
  }

  void recordAsync(@ObservesAsync Activity activity) {
    Intake at = intake.at(Door.BEANS);
    at.recordDurably(at.admit(() -> activity, null, Scope.EVERYTHING));
  }

  private TransactionActivities ofTransaction(TransactionSynchronizationRegistry transactions) {
    if (transactions.getResource(key) instanceof TransactionActivities begun) {
      return begun;
    }
    TransactionActivities begun =
        new TransactionActivities(outbox.begin(), settings.maxTransactionBytes());
    transactions.registerInterposedSynchronization(begun);
    transactions.putResource(key, begun);
    return begun;
  }

  /**
   * Null where there is none. That is not remembered: a thread that is not the server's own has no
   * {@code java:comp}, but the next one may.
   */
  private TransactionSynchronizationRegistry registry() {
    if (registry == null) {
      try {
        registry = InitialContext.doLookup(REGISTRY);
      } catch (NamingException e) {
        return null;
      }
    }
    return registry;
  }
}
