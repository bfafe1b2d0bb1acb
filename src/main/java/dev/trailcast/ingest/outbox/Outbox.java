package dev.trailcast.ingest.outbox;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.container.ContainerThreads;
import dev.trailcast.ingest.Door;
import dev.trailcast.ingest.Intake;
import dev.trailcast.ingest.outbox.OutboxRow.Place;
import dev.trailcast.journal.Journal;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * Where the activities of a transaction are kept until it has committed: in a table of the database
 * that the transaction writes to, if one is configured; else in memory. Safe for use by many
 * threads.
 */
@ApplicationScoped
public class Outbox {
  private static final Logger LOG = System.getLogger(Outbox.class.getName());

  // fixed at birth
  private final OutboxSettings settings;
  private final Intake intake;
  private final Journal journal;

  // set before anybody else comes, and not where there is no outbox
  private OutboxTable table;
  private Relay relay;

  private final AtomicBoolean started = new AtomicBoolean();
  private volatile Thread relaying; // null before
  private final AtomicBoolean toldOfMemory = new AtomicBoolean();

  /** One that is opened with the first who asks. */
  @Inject
  public Outbox(OutboxSettings settings, Intake intake, Journal journal) {
    this.settings = settings;
    this.intake = intake;
    this.journal = journal;
  }

  /** For the client proxy that CDI makes. */
  Outbox() {
    this(null, null, null);
  }

  @PostConstruct
  void open() {
    if (settings.isOn()) {
      open(settings.dataSource(), Clock.systemUTC());
    }
  }

  /** In this database. */
  Relay open(DataSource dataSource, Clock clock) {
    table = new OutboxTable(dataSource, settings.application());
    relay = new Relay(table, settings, intake, () -> journal.status().isReady(), clock);
    return relay;
  }

  /** With the application, so that what was left does not wait for the first transaction. */
  void start(
      @Observes @Initialized(ApplicationScoped.class) Object application,
      ContainerThreads threads) {
    if (relay != null && started.compareAndSet(false, true)) { // it may be announced twice
      relay.begin();
      relaying = threads.factory().newThread(relay);
      relaying.start();
    }
  }

  /** Whether what lies here is recorded some time, if anything may: what ended, a restart mends. */
  public boolean isAlive() {
    return relay == null || (relaying != null && relaying.isAlive());
  }

  /** For a transaction that fires for the first time. */
  Keeping begin() {
    if (table != null) {
      return new KeptRows(UuidCreator.getTimeOrderedEpochFast().toString());
    }
    if (toldOfMemory.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "TRAIL0304W: Activities are fired in transactions, and are kept in memory until these have committed:"
              + " if the server dies at that moment they are lost. An outbox keeps them"
              + " (trailcast.outbox.datasource).");
    }
    return new InMemory();
  }

  private final class InMemory implements Keeping {
    @Override
    public void keep(EncodedActivity activity) {}

    @Override
    public void record(List<EncodedActivity> all) {
      intake.at(Door.BEANS).recordCommitted(all);
    }
  }

  /** In the table, as rows of the transaction's own. */
  private final class KeptRows implements Keeping {
    private final String batch;
    private int next;

    KeptRows(String batch) {
      this.batch = batch;
    }

    @Override
    public void keep(EncodedActivity activity) {
      try {
        table.insert(new Place(batch, next++), activity);
      } catch (SQLException e) {
        throw new OutboxException(
            "What was fired can't be kept in the outbox: " + e.getMessage(), e);
      }
    }

    /** What fails here is the relay's to find. */
    @Override
    public void record(List<EncodedActivity> all) {
      intake.at(Door.BEANS).recordKept(all).thenRun(() -> relay.recorded(batch));
    }
  }

  /**
   * Erases what an actor did and what lies here, so that it is not recorded any more. To be called
   * before it is erased from the journal; not by a thread that is in a transaction.
   *
   * @return how many activities they were
   * @throws OutboxException if the database can't be asked now
   */
  public int erase(String actor) {
    if (relay == null) {
      return 0;
    }
    try {
      return relay.erase(actor);
    } catch (SQLException e) {
      throw new OutboxException("Nothing can be erased from the outbox now: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutboxException("Interrupted before anything was erased from the outbox", e);
    }
  }

  /** What lies here; empty where there is no outbox. */
  public Optional<OutboxStatus> status() {
    return Optional.ofNullable(relay).map(Relay::status);
  }

  @PreDestroy
  void close() {
    if (relay != null) {
      relay.stop();
    }
  }
}
