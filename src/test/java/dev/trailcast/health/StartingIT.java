package dev.trailcast.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.Platform;
import dev.trailcast.it.Server;
import dev.trailcast.it.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked how it is from its first moment on, as a container's probes do. */
class StartingIT {
  /** Each is asked by one who does not wait in between. */
  private static final List<String> ASKED =
      List.of("health/started", "health/ready", "health/live", "health", "metrics");

  @TempDir Path directory;

  @Test
  void recordsAlthoughItWasAskedHowItIsWhileItStarted() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(ASKED.size());
    try (ServerProcess process = new ServerProcess("trailcastStarting")) {
      Server server = process.server();
      process.launch(Map.of("TRAILCAST_JOURNAL_DIRECTORY", directory.toString()));
      ASKED.forEach(path -> threads.execute(() -> ask(server, path)));

      process.awaitLine(Platform.current().saysWhenUp());
      Await.until("all to be well", () -> server.get("health").statusCode() == 200);
      threads.shutdownNow();

      assertThat(server.record("{\"type\":\"first\"}")).isNotEmpty();
      assertThat(server.get("health").statusCode()).isEqualTo(200);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void ask(Server server, String path) {
    try {
      while (!Thread.interrupted()) {
        try {
          server.get(path);
        } catch (IOException e) {
          Thread.sleep(10); // it does not listen yet
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
