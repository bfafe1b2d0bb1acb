package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.load.HttpConnection.Answer;
import dev.trailcast.benchmark.server.Patience;
import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that publish one event in a request, each on a connection of its own. Where a pace is
 * set, an event counts as sent when it was due: a server that is slow to answer does not make the
 * events behind look fast.
 */
final class Publishers {
  private final Load load;
  private final Publishing publishing;
  private final Feed feed;
  private final RunningServer server;
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile String refusal = "none";

  Publishers(Load load, Feed feed, RunningServer server) {
    this.load = load;
    this.publishing = load.publishing();
    this.feed = feed;
    this.server = server;
  }

  /**
   * Publishes for as long as the load says, and returns when all is answered.
   *
   * @throws IOException if the server hangs, or takes nothing
   */
  void publish() throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (int i = 0; i < publishing.publishers(); i++) {
      int publisher = i;
      Thread thread = new Thread(() -> publish(publisher, start), "benchmark-publisher-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (unanswered.get() > 0) {
      throw new IOException(
          "%d of %d publishers were not answered within %s"
              .formatted(unanswered.get(), threads.size(), Patience.toText()));
    }
    if (feed.acknowledged() == 0) {
      throw new IOException("it took none of the events; the last answer was: " + refusal);
    }
  }

  private void publish(int publisher, long start) {
    long end = start + publishing.time().toNanos();
    double interval = publishing.rate() > 0 ? 1e9 / publishing.rate() : 0;
    try (HttpConnection connection = new HttpConnection(server.port())) {
      for (int index = publisher; feed.hasRoomFor(index); index += publishing.publishers()) {
        long due = interval > 0 ? start + (long) (index * interval) : System.nanoTime();
        if (due - end >= 0) {
          return;
        }
        sleepUntil(due);
        byte[] request = load.request(server, feed, index);
        feed.sent(index, due);
        publish(connection, request, index);
      }
    } catch (SocketTimeoutException e) {
      unanswered.incrementAndGet();
    } catch (IOException e) {
      refused.incrementAndGet();
    }
  }

  private void publish(HttpConnection connection, byte[] request, int index)
      throws SocketTimeoutException {
    try {
      Answer answer = connection.exchange(request);
      if (answer.isSuccess()) {
        feed.acknowledge(index);
        return;
      }
      refusal = (answer.status() + " " + answer.body()).strip();
    } catch (SocketTimeoutException e) {
      throw e; // a server that hangs is not asked again
    } catch (IOException e) {
      refusal = e.getMessage(); // whether it was taken is not known, as with a refusal
    }
    refused.incrementAndGet();
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
  }

  private static void sleepUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** How many were not taken. */
  int refused() {
    return refused.get();
  }
}
