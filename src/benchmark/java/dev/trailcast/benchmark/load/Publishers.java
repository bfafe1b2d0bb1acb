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
import java.util.stream.IntStream;

/**
 * Threads that publish, each on a connection of its own: one event in a request, or as many as the
 * server's door takes. Where a pace is set, an event counts as sent when it was due: a server that
 * is slow to answer does not make the events behind look fast. Where none is, they wait for readers
 * that are far behind: what is measured is what is delivered, not how long a queue gets.
 */
final class Publishers {
  /**
   * How many events may be on their way, where no pace is set: a quarter of what Trailcast keeps in
   * memory, and more than others ever have.
   */
  private static final int ON_THEIR_WAY = 4_096;

  private static final long LOOKING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Load load;
  private final Publishing publishing;
  private final Feed feed;
  private final RunningServer server;
  private final Readers readers;
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile String refusal = "none";

  Publishers(Load load, Feed feed, RunningServer server, Readers readers) {
    this.load = load;
    this.publishing = load.publishing();
    this.feed = feed;
    this.server = server;
    this.readers = readers;
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
    int atOnce = load.eventsAtOnce(server);
    int step = publishing.publishers();
    try (HttpConnection connection = new HttpConnection(server.port())) {
      for (int index = publisher; feed.hasRoomFor(index + atOnce * step); index += atOnce * step) {
        long due = interval > 0 ? start + (long) (index * interval) : awaitReaders(end);
        if (due - end >= 0) {
          return;
        }
        sleepUntil(due);
        int[] events = IntStream.iterate(index, each -> each + step).limit(atOnce).toArray();
        byte[] request = load.request(server, feed, IntStream.of(events));
        for (int event : events) {
          feed.sent(event, due);
        }
        publish(connection, request, events);
      }
    } catch (SocketTimeoutException e) {
      unanswered.incrementAndGet();
    } catch (IOException e) {
      refused.incrementAndGet();
    }
  }

  /**
   * Waits until it is time to publish more, but no longer than until the end.
   *
   * @return when that is
   */
  private long awaitReaders(long end) {
    long now = System.nanoTime();
    while (now - end < 0 && taken.get() - readers.deliveredToEach() > ON_THEIR_WAY) {
      LockSupport.parkNanos(LOOKING_NANOS);
      now = System.nanoTime();
    }
    return now;
  }

  private void publish(HttpConnection connection, byte[] request, int[] events)
      throws SocketTimeoutException {
    try {
      Answer answer = connection.exchange(request);
      if (answer.isSuccess()) {
        for (int event : events) {
          feed.acknowledge(event);
        }
        taken.addAndGet(events.length);
        return;
      }
      refusal = (answer.status() + " " + answer.body()).strip();
    } catch (SocketTimeoutException e) {
      throw e; // a server that hangs is not asked again
    } catch (IOException e) {
      refusal = e.getMessage(); // whether it was taken is not known, as with a refusal
    }
    refused.addAndGet(events.length);
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
