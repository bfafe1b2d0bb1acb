package dev.trailcast.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HaProxyTest {
  @Test
  void asksEachNodeAsTheDeliveredConfigurationAsksOneButWithoutTls() throws Exception {
    String delivered = Files.readString(Path.of("server-config/haproxy.cfg"));

    String configuration =
        HaProxy.configuration(
            delivered, 8080, Map.of("node1", "localhost:9081", "node2", "localhost:9082"));

    assertThat(configuration.lines())
        .contains(
            "  bind localhost:8080",
            "  http-request set-header X-Forwarded-Proto http",
            "  server node1 localhost:9081 check",
            "  server node2 localhost:9082 check",
            "  server node1-unready localhost:9081 backup",
            "  server node2-unready localhost:9082 backup");
    assertThat(configuration).doesNotContain("ssl", "server trailcast", "localhost:9080");
  }
}
