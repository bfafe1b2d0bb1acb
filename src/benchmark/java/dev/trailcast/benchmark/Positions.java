package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.HttpConnection;
import dev.trailcast.benchmark.server.Patience;
import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;

/** How far the journals of nodes are. */
final class Positions {
  private static final String PATH = "/api/position";
  private static final long PAUSE_MILLIS = 5;

  private Positions() {}

  /**
   * Waits until a node is where another is now, or beyond: at once, if it is the same. A canary may
   * come at any time.
   *
   * @throws IOException if that takes too long
   */
  static void await(RunningServer node, RunningServer other)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + Patience.LIMIT.toNanos();
    String position = of(other);
    while (offset(of(node)) < offset(position)) {
      if (System.nanoTime() > end) {
        throw new IOException(node.name() + " is not at " + position + " in " + Patience.toText());
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** What stands behind the epoch. */
  private static long offset(String position) {
    return Long.parseLong(position.substring(position.indexOf('-') + 1).replaceAll("\\D", ""));
  }

  private static String of(RunningServer server) throws IOException {
    try (HttpConnection connection = new HttpConnection(server.port())) {
      return connection.exchange(HttpConnection.get(server.port(), PATH)).body();
    }
  }
}
