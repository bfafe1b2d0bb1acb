package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.load.HttpConnection.Answer;
import dev.trailcast.benchmark.server.RunningServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Publishes many events in one request, one a line (NDJSON). */
public final class Lines {
  static final String MEDIA_TYPE = "application/x-ndjson";

  private static final String SOMEBODY = "alice";

  private final RunningServer server;
  private final Activities activities;

  public Lines(RunningServer server, Activities activities) {
    this.server = server;
    this.activities = activities;
  }

  /**
   * What the server says when all is durable.
   *
   * @param accepted how many lines it has taken
   * @param position behind the last
   */
  record Receipt(int accepted, String position) {}

  /** A request with the events of a feed from an index on. */
  private byte[] request(Feed feed, int from, int count) {
    StringBuilder lines = new StringBuilder();
    for (int index = from; index < from + count; index++) {
      lines.append(activities.json(feed.number(index), SOMEBODY)).append('\n');
    }
    return HttpConnection.post(
        server.port(),
        server.doors().publish(),
        MEDIA_TYPE,
        lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Sends such a request, and expects that every line is taken. */
  static Receipt send(HttpConnection connection, byte[] request, int count) throws IOException {
    Answer answer = connection.exchange(request);
    if (!answer.isSuccess()) {
      throw new IOException("the server answered " + answer);
    }
    JsonObject receipt;
    try (var reader = Json.createReader(new StringReader(answer.body()))) {
      receipt = reader.readObject();
    }
    int accepted = receipt.getInt("accepted");
    if (accepted != count) {
      throw new IOException("of " + count + " lines the server took " + answer.body());
    }
    return new Receipt(accepted, receipt.getString("position"));
  }

  /**
   * Publishes as fast as it goes for so long.
   *
   * @param connections at a time
   * @param lines in a request
   * @return how many lines were taken
   */
  public long pour(int connections, int lines, Duration time)
      throws InterruptedException, ExecutionException {
    long end = System.nanoTime() + time.toNanos();
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      List<Future<Long>> taken = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        taken.add(threads.submit(() -> pour(lines, end)));
      }
      long sum = 0;
      for (Future<Long> connection : taken) {
        sum += connection.get();
      }
      return sum;
    } finally {
      threads.shutdownNow();
    }
  }

  private long pour(int lines, long end) throws IOException {
    Feed feed = new Feed(1);
    int taken = 0;
    try (HttpConnection connection = new HttpConnection(server.port())) {
      while (System.nanoTime() < end && feed.hasRoomFor(taken + lines)) {
        taken += send(connection, request(feed, taken, lines), lines).accepted();
      }
    }
    return taken;
  }

  /** Publishes the first so many events of a feed. */
  Receipt post(Feed feed, int count) throws IOException {
    try (HttpConnection connection = new HttpConnection(server.port())) {
      Receipt receipt = send(connection, request(feed, 0, count), count);
      for (int index = 0; index < count; index++) {
        feed.sent(index, System.nanoTime());
        feed.acknowledge(index);
      }
      return receipt;
    }
  }
}
