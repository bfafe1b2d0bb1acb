package dev.trailcast.cluster;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * {@code ./mvnw -Pcluster}: an Apache Kafka, two nodes of Trailcast, and HAProxy in front of them
 * where it is installed, all on this machine, until it is interrupted. A node that is killed is
 * started again after a while.
 */
public final class Cluster {
  private static final String TOPIC = "trailcast";
  private static final long PAUSE_SECONDS = 15;

  private final Path directory = Path.of(System.getProperty("cluster.directory"));
  private final KafkaProcess kafka;
  private final List<Node> nodes;
  private final Optional<HaProxy> proxy;

  private Cluster() throws IOException {
    int kafkaPort = Integer.getInteger("cluster.kafka.port");
    int httpPort = Integer.getInteger("cluster.http.port");
    int proxyPort = Integer.getInteger("cluster.proxy.port");
    for (int port : List.of(kafkaPort, kafkaPort + 1, httpPort, httpPort + 1, proxyPort)) {
      mustBeFree(port);
    }
    Files.createDirectories(directory);
    kafka =
        new KafkaProcess(
            Path.of(System.getProperty("cluster.kafka")),
            directory.resolve("kafka"),
            kafkaPort,
            kafkaPort + 1);
    Map<String, String> environment =
        Map.of(
            "APPLICATION_WAR",
            System.getProperty("cluster.war"),
            "TRAILCAST_JOURNAL",
            "kafka",
            "TRAILCAST_KAFKA_BOOTSTRAP",
            kafka.bootstrapServers(),
            "TRAILCAST_KAFKA_TOPIC",
            TOPIC,
            // Through the proxy all come from one.
            "TRAILCAST_STREAM_READERS_MAX_PER_ADDRESS",
            "20000");
    nodes =
        List.of(
            new Node("node1", httpPort, directory, environment),
            new Node("node2", httpPort + 1, directory, environment));
    proxy = HaProxy.find(proxyPort, nodes, directory);
  }

  public static void main(String[] arguments) throws Exception {
    try {
      Cluster cluster = new Cluster();
      Runtime.getRuntime().addShutdownHook(new Thread(cluster::end, "cluster-end"));
      cluster.run();
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void mustBeFree(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("localhost", port));
    } catch (IOException e) {
      return;
    }
    throw new IllegalStateException(
        "Port " + port + " is taken. Choose others: -Dhttp.port, -Dproxy.port, -Dkafka.port");
  }

  private void run() throws Exception {
    say("Starting Apache Kafka and two nodes, which takes up to a minute. Logs: %s", directory);
    kafka.start();
    createTopic();
    for (Node node : nodes) {
      node.start();
    }
    for (Node node : nodes) {
      node.awaitReady();
    }
    if (proxy.isPresent()) {
      proxy.get().start();
    }
    say("");
    proxy.ifPresentOrElse(
        each -> say("Open    %s   HAProxy, in front of both nodes", each.uri()),
        () -> say("HAProxy is not installed: with it both nodes have one address."));
    nodes.forEach(Cluster::introduce);
    say("Kafka   %s, topic %s", kafka.bootstrapServers(), TOPIC);
    say("");
    say(
        "Kill a node: who followed it goes on at the other. It is started again after %d s.",
        PAUSE_SECONDS);
    say("Ctrl-C ends everything.");
    say("");
    for (Node node : nodes) {
      Thread keeper = new Thread(() -> keep(node), node.name() + "-keeper");
      keeper.setDaemon(true);
      keeper.start();
    }
    new CountDownLatch(1).await(); // until it is interrupted
  }

  private void createTopic() throws InterruptedException, ExecutionException {
    NewTopic topic =
        new NewTopic(TOPIC, 1, (short) 1)
            .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime"));
    try (Admin admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static void introduce(Node node) {
    say("%s   %s   kill -9 %d", node.name(), node.uri(), node.pid());
  }

  /** Starts a node again, as whatever supervises processes does. */
  private static void keep(Node node) {
    try {
      while (true) {
        node.awaitEnd();
        say("%s has ended.", node.name());
        TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
        node.start();
        node.awaitReady();
        say("It is back:");
        introduce(node);
      }
    } catch (IOException | IllegalStateException e) {
      say("%s can't be started again: %s", node.name(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kafka last: the nodes have something to tell it. */
  private void end() {
    proxy.ifPresent(HaProxy::end);
    nodes.forEach(Node::end);
    nodes.forEach(Node::awaitEndOrKill);
    try {
      kafka.stop();
    } catch (InterruptedException e) {
      kafka.close();
    }
  }

  private static void say(String format, Object... arguments) {
    System.out.println(String.format(format, arguments));
  }
}
