package dev.trailcast.canary;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.container.ContainerThreads;
import dev.trailcast.container.Enduring;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalException;
import dev.trailcast.stream.delivery.Readers;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/**
 * Sends canaries, and tells how they get on. What is told costs no more than a look, and waits for
 * nobody; safe for use by many threads.
 */
@ApplicationScoped
public class Canary {
  private static final System.Logger LOG = System.getLogger(Canary.class.getName());

  private final CanarySettings settings;
  private final Journal journal;
  private final Readers readers;
  private final Flight flight;

  private volatile boolean begun; // whoever sees it first; twice does no harm

  private volatile Future<?> sending;

  @Inject
  public Canary(CanarySettings settings, Journal journal, Readers readers) {
    this(settings, journal, readers, System::nanoTime);
  }

  Canary(CanarySettings settings, Journal journal, Readers readers, LongSupplier nanoTime) {
    this.settings = settings;
    this.journal = journal;
    this.readers = readers;
    this.flight = new Flight(settings, nanoTime);
  }

  /** For the container's proxy. */
  protected Canary() {
    this.settings = null;
    this.journal = null;
    this.readers = null;
    this.flight = null;
  }

  void begin(
      @Observes @Initialized(ApplicationScoped.class) Object application,
      ContainerThreads threads) {
    if (settings.isOn() && sending == null) { // it may be announced twice
      Runnable enduring = new Enduring(LOG, "TRAIL0430E: No canary could be sent", this::send);
      sending = threads.repeat(enduring, Duration.ZERO, settings.interval());
    }
  }

  /** Sends the next, if it is due. Where readers can't come yet there is nobody it could reach. */
  void send() {
    if (!isExpected()) {
      return;
    }
    readers.readCanaries(flight);
    if (flight.isNextDue()) {
      Activity canary = Activity.of(null, Activity.CANARY);
      flight.sent(canary.id());
      record(canary);
    }
  }

  /** Whether one could come through; from when that is seen first, it is to. */
  private boolean isExpected() {
    if (!begun && readers.isOpen()) {
      flight.restart();
      begun = true;
    }
    return begun;
  }

  private void record(Activity canary) {
    try {
      journal
          .append(List.of(EncodedActivity.of(canary)))
          .whenComplete(
              (receipts, failure) -> {
                if (failure == null) {
                  flight.durable(canary.id());
                } else {
                  flight.failed(canary.id(), failure.getMessage());
                }
              });
    } catch (JournalException e) {
      flight.failed(canary.id(), e.getMessage());
    }
  }

  /** Whether canaries are sent. */
  public boolean isOn() {
    return settings.isOn();
  }

  /**
   * Why none has come through for too long, in words for an operator; empty if one has, or none
   * could yet.
   */
  public Optional<String> problem() {
    return isOn() && isExpected() ? flight.problem() : Optional.empty();
  }

  /** How many have come through. */
  public long arrivals() {
    return flight.arrivals();
  }

  /** How long ago the last one came through; empty where none has. */
  public Optional<Duration> sinceLast() {
    return flight.sinceLast();
  }

  /** How long the last one took, from the journal's door to a writer; empty where none has come. */
  public Optional<Duration> latency() {
    return flight.latency();
  }

  /**
   * The longest that one took of those that came through in the last minute, or that the one on its
   * way has taken so far; zero where there was none.
   */
  public Duration worst() {
    return flight.worst();
  }

  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
    end();
  }

  @PreDestroy
  void end() {
    if (sending != null) {
      sending.cancel(false);
    }
  }
}
