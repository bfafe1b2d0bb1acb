package dev.trailcast.stream.delivery;

import dev.trailcast.stream.delivery.SendQueues.SendQueue;
import dev.trailcast.stream.pump.Pumps;
import dev.trailcast.stream.pump.Turn;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.Connection;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Finds readers that have stopped reading before they hold a pump. When one reader has, others
 * often have too (their proxy, or their network), and each would cost a thread until its write
 * times out; where there are more than threads for such, they would hold up everybody. But long
 * before a write blocks, the kernel holds more and more for that reader, or has been told that
 * there is no room for more. So while there is any stalled reader this one looks there. Those whose
 * queue does not get shorter are not written to until they have taken it, and are ended when they
 * take nothing for long; so are those that have come to catch up, when they have been sent as much
 * as any socket holds. And who has held a pump is served with the others again when it reads.
 *
 * <p>Runs every now and then on one thread at a time. Where the system does not tell, it does
 * nothing, and a stalled reader is found when it holds a pump.
 */
final class StallDetector implements Runnable {
  private static final System.Logger LOG = System.getLogger(StallDetector.class.getName());

  /** So much is held for a reader at times that only is slow, or far away. */
  private static final long SUSPICIOUS_BYTES = 64 * 1024;

  /** So long one may take nothing of what it was sent. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /**
   * One that is not written to until it has taken what it was sent.
   *
   * @param bytes that it has not taken yet
   * @param since when they are not fewer
   */
  private record Waiting(long bytes, long since) {}

  /**
   * Between two looks while nobody seems to stall. Of 300 readers that had stopped all at once,
   * each held a pump for some milliseconds when nobody looked before the first did: a second in
   * all. And 1,500 were written more than a second's work before anybody looked, once a second.
   */
  private static final long CALM_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** The same where there are so many readers that looking takes long. */
  private static final long MOST_CALM_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Meanwhile looking takes 1 % of a processor at most. */
  private static final int CALM_PAUSE_PER_LOOK = 100;

  /** Pauses are so many times what the look before took of a processor: 5 % of one at most. */
  private static final int PAUSE_PER_LOOK = 20;

  /**
   * The same after one by which somebody goes on, a quarter of a processor at most: a thousand
   * readers who came back all at once waited for looks, with three quarters of the processors idle.
   */
  private static final int PAUSE_PER_USEFUL_LOOK = 4;

  private final Pumps pumps;
  private final Collection<Subscriber> subscribers;
  private final SendQueues queues;
  private final LongSupplier nanoTime;
  private final LongSupplier processorTime;
  private final Map<Turn, Waiting> waiting = new HashMap<>();
  private boolean suspicion; // that somebody stalls: it may be seen with the next look
  private long looked; // when the last look ended
  private long took; // what that had of a processor: it may have waited for one for long
  private boolean useful; // somebody goes on by it

  /**
   * @param subscribers a live view, safe to be walked while it changes
   */
  StallDetector(Pumps pumps, Collection<Subscriber> subscribers, SendQueues queues) {
    this(pumps, subscribers, queues, System::nanoTime, processorTimeOfThread());
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   * @param processorTime what the thread that asks has had of a processor, in nanoseconds
   */
  StallDetector(
      Pumps pumps,
      Collection<Subscriber> subscribers,
      SendQueues queues,
      LongSupplier nanoTime,
      LongSupplier processorTime) {
    this.pumps = pumps;
    this.subscribers = subscribers;
    this.queues = queues;
    this.nanoTime = nanoTime;
    this.processorTime = processorTime;
    this.looked = nanoTime.getAsLong();
  }

  /** The time instead, where the virtual machine does not tell. */
  private static LongSupplier processorTimeOfThread() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()
        ? threads::getCurrentThreadCpuTime
        : System::nanoTime;
  }

  @Override
  public void run() {
    long begun = nanoTime.getAsLong();
    if (begun - looked < pause()) {
      return;
    }
    long before = processorTime.getAsLong();
    useful = false;
    try {
      look(begun);
      pumps.setProvable(true);
    } catch (IOException | RuntimeException e) {
      pumps.setProvable(false);
      pumps.awaitingProof().forEach(Turn::prove);
      LOG.log(System.Logger.Level.DEBUG, "The system does not tell what its sockets hold", e);
    } finally {
      looked = nanoTime.getAsLong();
      took = processorTime.getAsLong() - before;
    }
  }

  private long pause() {
    boolean calm = !suspicion && !pumps.haveStalled() && pumps.awaitingProof().isEmpty();
    long calmPause = Math.min(MOST_CALM_NANOS, Math.max(CALM_NANOS, CALM_PAUSE_PER_LOOK * took));
    int perLook = useful ? PAUSE_PER_USEFUL_LOOK : PAUSE_PER_LOOK;
    return Math.max(perLook * took, calm ? calmPause : 0);
  }

  private void look(long now) throws IOException {
    Set<Turn> unproven = pumps.awaitingProof(); // first: what they were sent is in the queues then
    waiting.keySet().retainAll(unproven);
    suspicion = false;
    long least = unproven.isEmpty() ? SUSPICIOUS_BYTES : 1;
    Map<Connection, SendQueue> found = queues.find(queue -> queue.shut() || queue.bytes() >= least);
    for (Subscriber subscriber : subscribers) {
      Connection connection = subscriber.connection();
      SendQueue queue = connection == null ? null : found.get(connection);
      if (unproven.contains(subscriber.turn())) {
        prove(subscriber, queue == null ? 0 : queue.bytes(), now);
      } else if (connection != null) {
        boolean usual = queue == null || isUsual(queue);
        suspicion |= !usual;
        subscriber.turn().judge(usual ? 0 : queue.bytes());
      }
    }
  }

  private static boolean isUsual(SendQueue queue) {
    return !queue.shut() && queue.bytes() < SUSPICIOUS_BYTES;
  }

  private void prove(Subscriber subscriber, long bytes, long now) {
    Turn turn = subscriber.turn();
    if (bytes == 0) {
      turn.prove();
      useful = true;
      return;
    }
    Waiting known = waiting.get(turn);
    if (known == null || bytes < known.bytes()) {
      waiting.put(turn, new Waiting(bytes, now));
    } else if (now - known.since() >= PATIENCE_NANOS) {
      subscriber.giveUp(CloseReason.SLOW);
    }
    if (subscriber.isClosed()) {
      turn.setApart(); // ending a response is a write, too
      turn.prove();
    }
  }
}
