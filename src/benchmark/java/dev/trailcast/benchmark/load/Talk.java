package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * More than a socket holds, said at once: whoever follows it and does not read blocks the server's
 * write.
 */
final class Talk {
  private static final int BYTES_EACH = 60_000;

  private Talk() {}

  /** Publishes it in a second, in a thread of its own. */
  static CompletableFuture<Void> soon(RunningServer server, String talker) {
    return CompletableFuture.runAsync(
        () -> publish(server, talker), CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
  }

  private static void publish(RunningServer server, String talker) {
    String data = "x".repeat(BYTES_EACH);
    try (HttpConnection connection = new HttpConnection(server.port())) {
      int count = (int) (2 * largestSendBuffer() / BYTES_EACH);
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < count; i++) {
        lines
            .append("{\"type\":\"benchmark.said\",\"id\":\"")
            .append(UUID.randomUUID())
            .append("\",\"actor\":\"")
            .append(talker)
            .append("\",\"data\":\"")
            .append(data)
            .append("\"}\n");
      }
      byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
      Lines.send(
          connection,
          HttpConnection.post(server.port(), server.publishPath(), Lines.MEDIA_TYPE, body),
          count);
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
