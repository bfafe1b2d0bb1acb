package dev.trailcast.journal.kafka;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.trailcast.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TopicAdminTest {
  /** On a server that is busy with starting, either may be first. */
  @Test
  void tellsOfNoAnswerAlsoWhereTheClientOfKafkaLosesItsPatienceFirst() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      KafkaSettings settings =
          new KafkaSettings(
              List.of("127.0.0.1:" + silent.getLocalPort()),
              "trail",
              false,
              ContentMode.STRUCTURED,
              TestNode.WINDOW,
              Map.of());
      TopicAdmin admin = new TopicAdmin(settings, "node-a");
      try {
        assertThatExceptionOfType(TimeoutException.class)
            .isThrownBy(() -> admin.describe(Duration.ofSeconds(Await.LIMIT_SECONDS)));
      } finally {
        admin.close();
      }
    }
  }
}
