package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * More than a socket holds, said bit by bit: whoever follows it and does not read blocks the
 * server's write in the end. Not all at once: to copy that much for many readers takes the
 * processors so long that nothing else would be measured.
 */
final class Talk {
  private static final int BYTES_EACH = 60_000;

  /** Between two bits, for each reader that is sent them: to copy one takes a tenth of it. */
  private static final long PAUSE_NANOS_EACH = TimeUnit.MICROSECONDS.toNanos(400);

  private Talk() {}

  /** Begins in a second, in a thread of its own. */
  static CompletableFuture<Void> soon(RunningServer server, String talker, int listeners) {
    return CompletableFuture.runAsync(
        () -> publish(server, talker, listeners * PAUSE_NANOS_EACH),
        CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
  }

  private static void publish(RunningServer server, String talker, long pauseNanos) {
    String json =
        "{\"type\":\"benchmark.said\",\"actor\":\"%s\",\"data\":\"%s\"}"
            .formatted(talker, "x".repeat(BYTES_EACH));
    byte[] request =
        HttpConnection.post(
            server.port(),
            server.doors().publish(),
            "application/json",
            json.getBytes(StandardCharsets.UTF_8));
    try (HttpConnection connection = new HttpConnection(server.port())) {
      for (long said = 0; said < largestSendBuffer() * 5 / 4; said += BYTES_EACH) {
        connection.exchange(request);
        LockSupport.parkNanos(pauseNanos);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes: the last of three numbers. */
  private static long largestSendBuffer() throws IOException {
    // not readString: this file is only whole in a single read
    String sizes = Files.readAllLines(Path.of("/proc/sys/net/ipv4/tcp_wmem")).get(0);
    return Long.parseLong(sizes.substring(sizes.lastIndexOf('\t') + 1));
  }
}
