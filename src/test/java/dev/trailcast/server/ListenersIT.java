package dev.trailcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Listener;
import dev.trailcast.it.Platform;
import dev.trailcast.it.RawHttp;
import dev.trailcast.it.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server opens that is started as README says, and to whom. */
class ListenersIT {
  @TempDir Path directory;

  @Test
  void listensForHttpAloneAndOnThisMachineOnly() throws Exception {
    try (ServerProcess process = start()) {
      int http = process.server().base().getPort();

      List<Listener> listeners = process.listeners();

      assertThat(listeners).allMatch(listener -> listener.address().isLoopbackAddress());
      assertThat(listeners).filteredOn(listener -> listener.port() == http).hasSize(1);
      assertThat(listeners).hasSize(1 + Platform.current().administrationPorts());
    }
  }

  @Test
  void showsItsFiguresToNoOtherWebsite() throws Exception {
    try (ServerProcess process = start()) {
      RawHttp metrics =
          process.server().raw("GET /metrics", "Origin: https://elsewhere.example\r\n\r\n");
      assertThat(metrics.status()).isEqualTo(200);
      assertThat(metrics.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  private ServerProcess start() throws Exception {
    ServerProcess process = new ServerProcess("trailcastListeners");
    process.start(Map.of("TRAILCAST_JOURNAL_DIRECTORY", directory.toString()));
    return process;
  }
}
