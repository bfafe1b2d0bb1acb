package dev.trailcast.canary;

import dev.trailcast.stream.delivery.CanaryListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How far the canary has come that is on its way, and how long the ones before took. Safe for use
 * by many threads: each is held up for no longer than it takes to note or to tell something.
 */
final class Flight implements CanaryListener {
  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  /** One that has come through. */
  private record Arrival(long at, long nanos) {}

  // fixed at birth
  private final CanarySettings settings;
  private final LongSupplier nanoTime;

  // guarded by this: the one on its way
  private String id; // null where none is
  private long sentAt;
  private boolean answered; // the journal has said what has become of it
  private String failure; // why it could not be recorded, or null
  private boolean announced;

  // guarded by this: those that have come through
  private final Deque<Arrival> lastMinute = new ArrayDeque<>();
  private Arrival last; // null where none has
  private long arrivals;
  private long watchedFrom;

  /**
   * From now on one is expected.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  Flight(CanarySettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.watchedFrom = nanoTime.getAsLong();
  }

  /** None was to be expected until now. */
  synchronized void restart() {
    watchedFrom = nanoTime.getAsLong();
  }

  /**
   * Whether the next is to be sent: one at a time, for else they would heap up before a journal
   * that does not get on. One that was recorded, or was not, and does not come is waited for no
   * longer than it may be late.
   */
  synchronized boolean isNextDue() {
    return id == null
        || failure != null
        || (answered && nanoTime.getAsLong() - sentAt >= settings.late().toNanos());
  }

  /** One is sent. */
  synchronized void sent(String one) {
    id = one;
    sentAt = nanoTime.getAsLong();
    answered = false;
    failure = null;
    announced = false;
  }

  /** The journal has recorded it. */
  synchronized void durable(String one) {
    answered |= one.equals(id);
  }

  /** The journal could not record it. */
  synchronized void failed(String one, String why) {
    if (one.equals(id)) {
      failure = why;
    }
  }

  @Override
  public synchronized void announced(String one) {
    announced |= one.equals(id);
  }

  @Override
  public synchronized void written(String one) {
    if (!one.equals(id)) {
      return; // it was given up
    }
    id = null;
    long now = nanoTime.getAsLong();
    last = new Arrival(now, now - sentAt);
    arrivals++;
    forgetOld(now);
    lastMinute.add(last);
  }

  private void forgetOld(long now) {
    while (!lastMinute.isEmpty() && now - lastMinute.peek().at() > MINUTE_NANOS) {
      lastMinute.remove();
    }
  }

  /** How many have come through. */
  synchronized long arrivals() {
    return arrivals;
  }

  /** How long ago the last one came through; empty where none has. */
  synchronized Optional<Duration> sinceLast() {
    return Optional.ofNullable(last)
        .map(arrival -> Duration.ofNanos(nanoTime.getAsLong() - arrival.at()));
  }

  /** How long the last one took; empty where none has come through. */
  synchronized Optional<Duration> latency() {
    return Optional.ofNullable(last).map(arrival -> Duration.ofNanos(arrival.nanos()));
  }

  /**
   * The longest that one took of those that came through in the last minute, or else last; or that
   * the one on its way has taken so far, where that is longer.
   */
  synchronized Duration worst() {
    long now = nanoTime.getAsLong();
    forgetOld(now);
    long worst = last == null ? 0 : last.nanos();
    for (Arrival arrival : lastMinute) {
      worst = Math.max(worst, arrival.nanos());
    }
    return Duration.ofNanos(id == null ? worst : Math.max(worst, now - sentAt));
  }

  /** Why no canary has come through for too long, in words for an operator; empty if one has. */
  synchronized Optional<String> problem() {
    long from = last != null && last.at() - watchedFrom > 0 ? last.at() : watchedFrom;
    Duration silence = Duration.ofNanos(nanoTime.getAsLong() - from);
    if (silence.compareTo(settings.interval().plus(settings.late())) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        "nothing has come through from the journal to readers for %d s: %s"
            .formatted(silence.toSeconds(), whereItIs()));
  }

  private String whereItIs() {
    if (id == null) {
      return "no more is sent, for the container does not run what is scheduled";
    } else if (failure != null) {
      return "the last that was sent could not be recorded: " + failure;
    } else if (announced) {
      return "the last that was sent has not been written: the threads that write to readers are"
          + " held";
    }
    return answered
        ? "the last that was sent is durable, but what readers follow does not have it: its thread"
            + " is held"
        : "the last that was sent is not durable yet";
  }
}
