package dev.trailcast.metrics;

import dev.trailcast.Await;
import dev.trailcast.it.KafkaBroker;
import dev.trailcast.it.Kcat;
import dev.trailcast.it.Prometheus;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.TestJournal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Prometheus wakes somebody where the broker goes, and is quiet once it is back. */
@ExtendWith(ArquillianExtension.class)
class KafkaAlertsIT {
  private static final String TOPIC = "trail";
  private static final int MANY = 300_000;

  private static KafkaBroker broker;

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() throws Exception {
    broker = KafkaBroker.start();
    return TestArchive.with(
        TestJournal.KAFKA,
        "trailcast.kafka.bootstrap",
        broker.bootstrapServers(),
        "trailcast.kafka.topic",
        TOPIC,
        "trailcast.canary.interval",
        "PT0.5S",
        "trailcast.canary.late",
        "PT1S");
  }

  @AfterAll
  static void end() {
    broker.close();
  }

  @Test
  void firesWhereTheBrokerGoesAndEndsOnceItIsBack() throws Exception {
    TestJournal.KAFKA.awaitOpen(server);
    try (Prometheus prometheus = new Prometheus(server)) {
      broker.pause();
      Await.until(
          "somebody to be woken",
          () -> {
            server.post("api/activities", "application/json", "{\"type\":\"refused\"}");
            return prometheus
                .firing()
                .containsAll(
                    List.of(
                        "TrailcastKafkaAway",
                        "TrailcastNotReady",
                        "TrailcastCanaryLate",
                        "TrailcastPublishersRefused"));
          });

      broker.goOn();
      for (String alert :
          List.of(
              "TrailcastKafkaAway",
              "TrailcastNotReady",
              "TrailcastCanaryLate",
              "TrailcastPublishersRefused")) {
        prometheus.awaitEnd(alert);
      }

      new Kcat(broker).produce(TOPIC, Map.of(), "nonsense");
      prometheus.awaitFiring("TrailcastKafkaSkipped");
      prometheus.awaitEnd("TrailcastKafkaSkipped");

      produceFasterThanANodeCopies();
      prometheus.awaitFiring("TrailcastKafkaBehind");
      prometheus.awaitEnd("TrailcastKafkaBehind");
    } finally {
      broker.goOn();
    }
  }

  private static void produceFasterThanANodeCopies() {
    byte[] activity = "{\"type\":\"many\"}".getBytes(StandardCharsets.UTF_8);
    try (Producer<byte[], byte[]> producer = broker.producer(Map.of())) {
      for (int i = 0; i < MANY; i++) {
        producer.send(new ProducerRecord<>(TOPIC, activity));
      }
    }
  }
}
