package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.load.HttpConnection.Answer;
import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One request, again and again over one connection.
 *
 * @param count how often it was answered
 * @param latencies from when it was sent until it was
 */
public record Requests(long count, Latencies latencies) {
  /**
   * Asks for so long.
   *
   * @param pause between an answer and the next request
   * @throws IOException if the server hangs, or does not answer with a success
   */
  public static Requests repeat(RunningServer server, String path, Duration pause, Duration time)
      throws IOException, InterruptedException {
    byte[] request = HttpConnection.get(server.port(), path);
    Latencies latencies = new Latencies();
    long count = 0;
    long end = System.nanoTime() + time.toNanos();
    try (HttpConnection connection = new HttpConnection(server.port())) {
      do {
        long sent = System.nanoTime();
        Answer answer = connection.exchange(request);
        latencies.record(System.nanoTime() - sent);
        if (!answer.isSuccess()) {
          throw new IOException(path + " is answered " + answer);
        }
        count++;
        Thread.sleep(pause.toMillis());
      } while (System.nanoTime() < end);
    }
    return new Requests(count, latencies);
  }

  /** So many ask the same all the time, until it is closed. */
  public static Crowd keepAsking(RunningServer server, String path, int many) {
    return new Crowd(server, path, many);
  }

  /** Those who ask, each again when it is answered. */
  public static final class Crowd implements AutoCloseable {
    private final AtomicLong answered = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;
    private volatile IOException problem; // null if all went well

    private Crowd(RunningServer server, String path, int many) {
      byte[] request = HttpConnection.get(server.port(), path);
      for (int i = 0; i < many; i++) {
        Thread thread = new Thread(() -> ask(server, request), "benchmark-crowd-" + i);
        threads.add(thread);
        thread.start();
      }
    }

    private void ask(RunningServer server, byte[] request) {
      try (HttpConnection connection = new HttpConnection(server.port())) {
        while (!over) {
          Answer answer = connection.exchange(request);
          if (!answer.isSuccess()) {
            throw new IOException("the server answered " + answer);
          }
          answered.incrementAndGet();
        }
      } catch (IOException e) {
        problem = e;
      }
    }

    /**
     * Has them stop, and waits for it.
     *
     * @throws IOException if they were not answered
     */
    public void end() throws IOException, InterruptedException {
      close();
      for (Thread thread : threads) {
        thread.join();
      }
      if (problem != null || answered.get() == 0) {
        throw new IOException("those who asked beside it were not answered", problem);
      }
    }

    @Override
    public void close() {
      over = true;
    }
  }
}
