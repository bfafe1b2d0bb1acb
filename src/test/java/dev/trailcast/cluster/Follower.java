package dev.trailcast.cluster;

import dev.trailcast.stream.wire.SseClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A reader that keeps the numbers of activities alone, so that there may be a hundred of it with
 * all that was recorded. On a thread of its own it cuts itself off again and again, and comes back
 * with the id that it saw last, as it does when somebody else has cut it off.
 */
final class Follower {
  private static final String NUMBER = "\"id\":\"";
  private static final long PATIENCE_SECONDS = 120;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  // Fixed at birth.
  private final HttpClient http;
  private final URI uri;
  private final int apart;
  private final Random moments;
  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch cuts;
  private final Thread thread;

  // Only its own thread.
  private final SseClient client = new SseClient();

  private volatile boolean cutting = true;
  private volatile boolean closed;
  private volatile InputStream body;

  // Guarded by this.
  private int[] numbers = new int[1 << 16];
  private int count;
  private int gaps;
  private int cutByOthers;
  private String refused = "";

  /**
   * Starts to follow, from now on.
   *
   * @param cuts of itself that are awaited; it goes on with them until it is told to stop
   * @param apart how many activities are between two of them on average
   */
  Follower(HttpClient http, URI uri, int number, int cuts, int apart) {
    this.http = http;
    this.uri = uri;
    this.apart = apart;
    this.moments = new Random(number);
    this.cuts = new CountDownLatch(cuts);
    this.thread = new Thread(this::follow, "follower " + number);
    thread.start();
  }

  private void follow() {
    while (!closed) {
      try {
        HttpResponse<InputStream> response =
            http.send(request(), BodyHandlers.ofInputStream()); // its time-out is for the headers
        body = response.body();
        if (response.statusCode() == 200) {
          read(response.body());
        } else {
          refused(response);
        }
      } catch (IOException e) {
        cutByOther();
      } catch (InterruptedException e) {
        return;
      }
      client.reconnect();
    }
  }

  private HttpRequest request() {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30));
    return client.lastEventId().isEmpty()
        ? request.build()
        : request.header("Last-Event-ID", client.lastEventId()).build();
  }

  /** Until it is time to cut itself off, or the end. */
  private void read(InputStream from) throws IOException {
    try (from) {
      int left = 1 + moments.nextInt(2 * apart);
      byte[] bytes = new byte[16 * 1024];
      for (int length = from.read(bytes); length >= 0 && !closed; length = from.read(bytes)) {
        client.feed(bytes, 0, length);
        left -= take();
        if (cutting && left <= 0) {
          cuts.countDown();
          return;
        }
      }
    }
    cutByOther();
  }

  /** Of what has come it keeps the numbers; returns how many. */
  private synchronized int take() {
    int before = count;
    for (SseClient.Event event : client.events()) {
      if (!event.isControl()) {
        if (count == numbers.length) {
          numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = number(event.data());
      } else if (event.name().equals("trailcast.gap")) {
        gaps++;
      }
      opened.countDown();
    }
    client.events().clear();
    client.comments().clear();
    notifyAll();
    return count - before;
  }

  private static int number(String json) {
    int from = json.indexOf(NUMBER) + NUMBER.length();
    return Integer.parseInt(json, from, json.indexOf('"', from), 10);
  }

  private void cutByOther() {
    if (!closed) {
      synchronized (this) {
        cutByOthers++;
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  private void refused(HttpResponse<InputStream> response) throws IOException {
    try (InputStream why = response.body()) {
      String text = response.statusCode() + " " + new String(why.readAllBytes());
      synchronized (this) {
        refused = text;
      }
    }
    LockSupport.parkNanos(RETRY_NANOS);
  }

  /** Waits until its stream has begun. */
  void awaitOpened() throws InterruptedException {
    await(opened, "the stream");
  }

  /** Waits until it has cut itself off as often as was said. */
  void awaitCuts() throws InterruptedException {
    await(cuts, "cuts");
  }

  private void await(CountDownLatch latch, String what) throws InterruptedException {
    if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(thread.getName() + " waited in vain for " + what + ": " + this);
    }
  }

  /** From now on it stays. */
  void stay() {
    cutting = false;
  }

  /** Waits until it has had so many activities, and returns the numbers of all, in their order. */
  synchronized int[] awaitNumbers(int due) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (count < due) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(thread.getName() + " waited in vain for " + due + ": " + this);
      }
      wait(left);
    }
    return Arrays.copyOf(numbers, count);
  }

  /** How often it was told of a gap. */
  synchronized int gaps() {
    return gaps;
  }

  /** How often somebody else has cut it off. */
  synchronized int cutByOthers() {
    return cutByOthers;
  }

  /** What it was answered last that was no stream; empty if nothing. */
  synchronized String refused() {
    return refused;
  }

  @Override
  public synchronized String toString() {
    return "%d activities, %d cuts due, cut off %d times, %d gaps, %s"
        .formatted(count, cuts.getCount(), cutByOthers, gaps, refused);
  }

  /** Ends it. */
  void end() throws IOException, InterruptedException {
    closed = true;
    thread.interrupt();
    InputStream last = body;
    if (last != null) {
      last.close();
    }
    thread.join();
  }
}
