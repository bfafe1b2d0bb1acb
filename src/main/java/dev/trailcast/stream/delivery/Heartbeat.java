package dev.trailcast.stream.delivery;

import java.time.Duration;
import java.util.Collection;

/**
 * Breaks the silence: a reader to whom nothing was written for the configured time gets a
 * heartbeat. It keeps proxies and clients from giving up, and shows who has gone: a server notices
 * that only when it writes.
 */
final class Heartbeat implements Runnable {
  /** Looks so many times in a heartbeat's time, so that one comes by so little late. */
  private static final int LOOKS = 15;

  private final Duration silence;
  private final Collection<Subscriber> subscribers;

  /**
   * @param subscribers a live view, safe to be walked while it changes
   */
  Heartbeat(Duration silence, Collection<Subscriber> subscribers) {
    this.silence = silence;
    this.subscribers = subscribers;
  }

  /** How often it is to be run. */
  Duration period() {
    return silence.dividedBy(LOOKS);
  }

  @Override
  public void run() {
    long now = System.nanoTime();
    long allowed = silence.minus(period()).toNanos();
    subscribers.forEach(subscriber -> subscriber.beat(now, allowed));
  }
}
