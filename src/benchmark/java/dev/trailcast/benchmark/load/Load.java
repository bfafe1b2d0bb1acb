package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.Doors;
import dev.trailcast.benchmark.server.RunningServer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a server has to carry in one run. */
public record Load(Readership readership, Publishing publishing) {
  /**
   * How many events a publisher publishes in a request: at a pace, one, so that none has to wait.
   */
  int eventsAtOnce(RunningServer server) {
    return publishing.rate() > 0 ? 1 : server.doors().lines();
  }

  /** The request that publishes the event at an index of a feed. */
  byte[] request(RunningServer server, Feed feed, int index) {
    return request(server, feed, IntStream.of(index));
  }

  /** The request that publishes these events of a feed, where the server takes several at once. */
  byte[] request(RunningServer server, Feed feed, IntStream indexes) {
    Doors doors = server.doors();
    String body =
        indexes
            .mapToObj(index -> doors.envelope().apply(json(feed, index)))
            .collect(Collectors.joining("\n"));
    return HttpConnection.post(
        server.port(),
        doors.publish(),
        doors.contentType(),
        body.getBytes(StandardCharsets.UTF_8),
        doors.headers().toArray(String[]::new));
  }

  private String json(Feed feed, int index) {
    return publishing.activities().json(feed.number(index), readership.actor(index));
  }
}
