package dev.trailcast.stream.delivery;

import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * Finds readers that have gone without a word: a machine that lost its power, a phone its network.
 * No write to such a one fails until the kernel gives up, after a quarter of an hour by default,
 * and so long it would hold its place. But whether anything comes back for what is sent the kernel
 * knows much sooner.
 *
 * <p>Runs every now and then on one thread at a time. Where the system does not tell, it does
 * nothing.
 */
final class VanishDetector implements Runnable {
  private static final System.Logger LOG = System.getLogger(VanishDetector.class.getName());

  /**
   * So often in a row the kernel has tried in vain, each time after twice as long: 13 s where
   * answers take next to no time, as TCP begins with 0.2 s at least (RFC 6298).
   */
  private static final int TRIES = 6;

  private final Duration heartbeat;
  private final Collection<Subscriber> subscribers;
  private final SendQueues queues;

  /**
   * @param heartbeat at least as often everybody is sent something
   * @param subscribers a live view, safe to be walked while it changes
   */
  VanishDetector(Duration heartbeat, Collection<Subscriber> subscribers, SendQueues queues) {
    this.heartbeat = heartbeat;
    this.subscribers = subscribers;
    this.queues = queues;
  }

  /** How often it is to be run: more often there is hardly anything new to be found. */
  Duration period() {
    return heartbeat;
  }

  @Override
  public void run() {
    try {
      end(queues.find(queue -> queue.unanswered() >= TRIES).keySet());
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "The system does not tell who answers", e);
    }
  }

  private void end(Set<Connection> silent) {
    if (silent.isEmpty()) {
      return;
    }
    for (Subscriber subscriber : subscribers) {
      Connection connection = subscriber.connection();
      if (connection != null && silent.contains(connection)) {
        subscriber.turn().setApart(); // ending a response is a write, too
        subscriber.giveUp(CloseReason.GONE);
      }
    }
  }
}
