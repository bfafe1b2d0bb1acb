package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * The moment until which is waited.
 *
 * @param nanoTime as {@link System#nanoTime} counts
 */
record Deadline(long nanoTime) {
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** When a server has kept those waiting for too long who wait from now on. */
  static Deadline ofPatience() {
    return in(Patience.LIMIT);
  }

  /** What is left until then; nothing, or less, when it is over. */
  long leftNanos() {
    return nanoTime - System.nanoTime();
  }

  boolean isOver() {
    return leftNanos() <= 0;
  }

  /**
   * Connects to a port of this machine until then: a server that does not accept connections is
   * waited for as well as one that does not answer.
   *
   * @throws java.net.SocketTimeoutException if it is not accepted by then
   */
  void connect(SocketChannel channel, int port) throws IOException {
    int millis = (int) Math.max(1, Duration.ofNanos(leftNanos()).toMillis()); // 0 is for ever
    channel.socket().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
  }
}
