package dev.trailcast.benchmark.server;

import dev.trailcast.cluster.KafkaProcess;
import java.io.IOException;

/** An Apache Kafka of one broker, for several nodes of Trailcast. */
public final class Broker implements AutoCloseable {
  private final KafkaProcess kafka;

  private Broker(KafkaProcess kafka) {
    this.kafka = kafka;
  }

  /** Starts it, with nothing of an earlier run. */
  static Broker start(Installation installation, int port)
      throws IOException, InterruptedException {
    KafkaProcess kafka =
        new KafkaProcess(
            installation.kafka(), installation.emptyDirectory("kafka"), port, port + 1);
    kafka.start();
    return new Broker(kafka);
  }

  String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  @Override
  public void close() {
    kafka.close();
  }
}
