package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.Doors;
import dev.trailcast.benchmark.server.RunningServer;
import java.nio.charset.StandardCharsets;

/** What a server has to carry in one run. */
public record Load(Readership readership, Publishing publishing) {
  /** The request that publishes the event at an index of a feed. */
  byte[] request(RunningServer server, Feed feed, int index) {
    String json = publishing.activities().json(feed.number(index), readership.actor(index));
    Doors doors = server.doors();
    return HttpConnection.post(
        server.port(),
        doors.publish(),
        doors.contentType(),
        doors.envelope().apply(json).getBytes(StandardCharsets.UTF_8),
        doors.headers().toArray(String[]::new));
  }
}
