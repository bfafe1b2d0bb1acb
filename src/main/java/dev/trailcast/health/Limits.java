package dev.trailcast.health;

import dev.trailcast.container.ContainerThreads;
import dev.trailcast.container.Enduring;
import dev.trailcast.health.HealthSettings.NearLimit;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalStatus;
import dev.trailcast.stream.delivery.Readers;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * Looks every second how near the limits are at which somebody would be turned away. What was seen
 * last may be asked for by any thread, and costs nothing.
 */
@ApplicationScoped
public class Limits {
  private static final System.Logger LOG = System.getLogger(Limits.class.getName());

  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** One long body fills the queue for a moment, and harms nobody. */
  private static final int QUEUE_LOOKS = 5;

  private final HealthSettings settings;
  private final Journal journal;
  private final Readers readers;

  // only the thread that looks
  private final Mark readersMark = new Mark(1);
  private final Mark stalledMark = new Mark(1);
  private final Mark queueMark = new Mark(QUEUE_LOOKS);
  private final Mark diskMark = new Mark(1);

  private volatile Optional<String> near = Optional.empty(); // written by that thread

  private volatile Future<?> looking;

  @Inject
  public Limits(HealthSettings settings, Journal journal, Readers readers) {
    this.settings = settings;
    this.journal = journal;
    this.readers = readers;
  }

  /** For the container's proxy. */
  protected Limits() {
    this.settings = null;
    this.journal = null;
    this.readers = null;
  }

  void begin(
      @Observes @Initialized(ApplicationScoped.class) Object application,
      ContainerThreads threads) {
    if (looking == null) { // it may be announced twice
      Runnable enduring =
          new Enduring(LOG, "TRAIL0607E: The limits could not be looked at", this::look);
      looking = threads.repeat(enduring, Duration.ZERO, PERIOD);
    }
  }

  void look() {
    JournalStatus status = journal.status();
    List<String> reached = new ArrayList<>();
    if (readersMark.look(readers.filling())) {
      reached.add("nearly as many readers are here as may be (trailcast.stream.readers.max)");
    }
    if (stalledMark.look(readers.stalling())) {
      reached.add("nearly as many readers stall as may (twice trailcast.stream.threads.stalled)");
    }
    if (queueMark.look(status.filling())) {
      reached.add(
          "nearly as much waits for the journal as may (trailcast.journal.queue-activities,"
              + " trailcast.journal.queue-bytes)");
    }
    if (diskMark.look(disk(status.freeBytes()))) {
      reached.add(
          "the journal's disk has %,d bytes left (trailcast.health.free-bytes)"
              .formatted(status.freeBytes()));
    }
    near = reached.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reached));
  }

  /** So that it is nearly reached exactly where there is less than there is to be. */
  private double disk(long free) {
    return free < settings.freeBytes() ? 1 : 0.94 * settings.freeBytes() / Math.max(1, free);
  }

  /** Which limits are nearly reached, in words for an operator; empty if none is. */
  Optional<String> near() {
    return near;
  }

  /** Whether that is only to be said. */
  boolean warnOnly() {
    return settings.limits() == NearLimit.WARN;
  }

  void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object application) {
    end();
  }

  @PreDestroy
  void end() {
    if (looking != null) {
      looking.cancel(false);
    }
  }
}
