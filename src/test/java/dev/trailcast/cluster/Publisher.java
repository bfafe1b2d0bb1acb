package dev.trailcast.cluster;

import dev.trailcast.it.Server;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Records activities that are numbered, each with an id of its own, in their order; sends again
 * until it is told that they are recorded.
 */
final class Publisher implements Callable<Integer> {
  private static final int LINES = 50;
  private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  // Fixed at birth.
  private final Server server;
  private final String source;
  private final int first;
  private final int step;

  private volatile boolean stopped;
  private volatile int repeats;

  /** Its numbers are the first, and from there each so many further. */
  Publisher(Server server, String source, int first, int step) {
    this.server = server;
    this.source = source;
    this.first = first;
    this.step = step;
  }

  /** Records 500 a second, or what the server takes; returns how many it was told of. */
  @Override
  public Integer call() throws Exception {
    int count = 0;
    for (long due = System.nanoTime();
        !stopped;
        due = Math.max(due + PACE_NANOS, System.nanoTime())) {
      LockSupport.parkNanos(due - System.nanoTime());
      String lines = lines(count);
      while (!recorded(lines)) {
        repeats++;
        LockSupport.parkNanos(PACE_NANOS);
      }
      count += LINES;
    }
    return count;
  }

  private String lines(int from) {
    return IntStream.range(from, from + LINES)
        .mapToObj(n -> first + n * step)
        .map(n -> "{\"source\":\"%s\",\"type\":\"counted\",\"id\":\"%d\"}".formatted(source, n))
        .collect(Collectors.joining("\n"));
  }

  /** False if nobody knows: a node was gone, or has not heard of it in time. */
  private boolean recorded(String lines) throws InterruptedException {
    HttpResponse<String> response;
    try {
      response = server.post("api/activities", "application/x-ndjson", lines);
    } catch (IOException e) {
      return false;
    }
    if (response.statusCode() == 200 && Server.json(response).getInt("rejected") == 0) {
      return true;
    }
    if (response.statusCode() < 500) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return false;
  }

  /** Has it stop after what it is about to record. */
  void stop() {
    stopped = true;
  }

  /** How often it had to send again. */
  int repeats() {
    return repeats;
  }
}
