package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.load.HttpConnection.Answer;
import dev.trailcast.benchmark.server.RunningServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** Publishes many events in one request, one a line (NDJSON). */
public final class Lines {
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
  public record Receipt(int accepted, String position) {}

  /** A request with the events of a feed from an index on. */
  public byte[] request(Feed feed, int from, int count) {
    StringBuilder lines = new StringBuilder();
    for (int index = from; index < from + count; index++) {
      lines.append(activities.json(feed.number(index), Readership.SOMEBODY)).append('\n');
    }
    return HttpConnection.post(
        server.port(),
        server.publishPath(),
        "application/x-ndjson",
        lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Sends such a request, and expects that every line is taken. */
  public static Receipt send(HttpConnection connection, byte[] request, int count)
      throws IOException {
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
