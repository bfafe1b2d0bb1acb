package dev.trailcast.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.Server;
import dev.trailcast.it.ServerProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that ends while a reader takes its time. */
class DrainingIT {
  @TempDir Path directory;

  @Test
  void isNeverReadyAgainFromWhenItIsToldToEnd() throws Exception {
    try (ServerProcess process = new ServerProcess("trailcastDraining");
        Socket stalled = new Socket()) {
      process.start(
          Map.of(
              "TRAILCAST_JOURNAL_DIRECTORY",
              directory.toString(),
              "TRAILCAST_STREAM_DRAIN_TIMEOUT",
              "PT8S"));
      Server server = process.server();
      String data = "x".repeat(60_000);
      server.recordAll(
          IntStream.range(0, 100)
              .mapToObj(n -> "{\"type\":\"large\",\"data\":\"" + data + "\"}")
              .toList());
      follow(stalled, server);
      assertThat(server.get("health/ready").statusCode()).isEqualTo(200);

      CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> stop(process));

      Await.until("the server not to be ready", () -> !isReady(server));
      int looks = 0;
      while (!stopped.isDone()) {
        assertThat(isReady(server)).as("ready again, at look " + looks).isFalse();
        looks++;
      }
      stopped.get(60, TimeUnit.SECONDS);
    }
  }

  /**
   * Whether it says so. Payara that has let go of its applications answers for some milliseconds,
   * before it closes its port, whatever it is asked with an empty 200.
   */
  private static boolean isReady(Server server) throws InterruptedException {
    try {
      HttpResponse<String> answer = server.get("health/ready");
      return answer.statusCode() == 200 && !answer.body().isEmpty();
    } catch (IOException e) { // nobody is there: nobody takes that for ready
      return false;
    }
  }

  private static void stop(ServerProcess process) {
    try {
      process.stop();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Has it follow from the beginning, and read no more than that it does. */
  private static void follow(Socket socket, Server server) throws IOException {
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress("localhost", server.base().getPort()));
    OutputStream request = socket.getOutputStream();
    request.write(
        "GET /api/events?lastEventId=earliest HTTP/1.1\r\nHost: localhost\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
  }
}
