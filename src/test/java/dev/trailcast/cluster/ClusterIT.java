package dev.trailcast.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trailcast.Await;
import dev.trailcast.it.KafkaBroker;
import dev.trailcast.it.Machine;
import dev.trailcast.it.Platform;
import dev.trailcast.it.Server;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes behind HAProxy, as {@code ./mvnw -Pcluster} has them, of which each is killed once. It
 * takes as many readers as it is told to have, and without that is left out.
 */
@EnabledIfSystemProperty(named = "cluster.readers", matches = ".+")
class ClusterIT {
  private static final String SOURCE = "/cluster";
  private static final int READERS = Integer.getInteger("cluster.readers", 0);
  private static final int CUTS = 29;
  private static final int APART = 700; // activities between two cuts of a reader
  private static final int PUBLISHERS = 2;

  @TempDir Path directory;

  private final List<Node> nodes = new ArrayList<>();
  private final List<Follower> followers = new ArrayList<>();
  private final List<Publisher> publishers = new ArrayList<>();
  private final ExecutorService publishing = Executors.newFixedThreadPool(PUBLISHERS);
  private HaProxy proxy;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Platform.current() == Platform.LIBERTY, "nodes are Open Liberty's");
    KafkaBroker kafka = KafkaBroker.shared();
    kafka.createTopic("cluster", Map.of());
    nodes.add(node("clusterIT1", Platform.port(1), kafka));
    nodes.add(node("clusterIT2", Platform.port(3), kafka));
    Optional<HaProxy> installed = HaProxy.find(Platform.port(4), nodes, directory);
    Machine.mustHave("HAProxy", installed.isPresent());
    for (Node node : nodes) {
      node.start();
    }
    for (Node node : nodes) {
      node.awaitReady();
    }
    proxy = installed.get();
    proxy.start();
  }

  private Node node(String name, int port, KafkaBroker kafka) throws Exception {
    return new Node(
        name,
        port,
        directory,
        Map.of(
            "APPLICATION_WAR",
            Path.of(System.getProperty("trailcast.war"))
                .resolveSibling("trailcast-kafka.war")
                .toString(),
            "JAVA_TOOL_OPTIONS",
            System.getProperty("it.jvm.args"),
            "TRAILCAST_JOURNAL",
            "kafka",
            "TRAILCAST_JOURNAL_DIRECTORY",
            directory.resolve(name).toString(),
            "TRAILCAST_KAFKA_BOOTSTRAP",
            kafka.bootstrapServers(),
            "TRAILCAST_KAFKA_TOPIC",
            "cluster",
            // Through the proxy all come from one.
            "TRAILCAST_STREAM_READERS_MAX_PER_ADDRESS",
            "20000"));
  }

  @AfterEach
  void end() throws Exception {
    publishers.forEach(Publisher::stop);
    publishing.shutdown();
    for (Follower follower : followers) {
      follower.end();
    }
    if (proxy != null) {
      proxy.end();
    }
    for (Node node : nodes) {
      node.kill();
    }
  }

  @Test
  void resumesEachReaderTwentyNineTimesWithoutLossOrRepetitionThoughNodesAreKilledMeanwhile()
      throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (int n = 0; n < READERS; n++) {
      followers.add(
          new Follower(http, proxy.uri().resolve("/api/events?source=" + SOURCE), n, CUTS, APART));
    }
    for (Follower follower : followers) {
      follower.awaitOpened();
    }
    List<Future<Integer>> recorded = new ArrayList<>();
    for (int n = 0; n < PUBLISHERS; n++) {
      publishers.add(new Publisher(new Server(proxy.uri().resolve("/")), SOURCE, n, PUBLISHERS));
      recorded.add(publishing.submit(publishers.get(n)));
    }

    for (Node node : nodes) {
      awaitReadersOnEach();
      node.kill();
      node.start();
      node.awaitReady();
    }
    for (Follower follower : followers) {
      follower.awaitCuts();
    }
    followers.forEach(Follower::stay);
    publishers.forEach(Publisher::stop);
    int[] counts = new int[PUBLISHERS];
    for (int n = 0; n < PUBLISHERS; n++) {
      counts[n] = recorded.get(n).get(60, TimeUnit.SECONDS);
    }
    int count = IntStream.of(counts).sum();
    int[] order = followers.get(0).awaitNumbers(count);
    for (int n = 0; n < PUBLISHERS; n++) {
      int publisher = n;
      assertThat(IntStream.of(order).filter(number -> number % PUBLISHERS == publisher))
          .as("activities of publisher %d", n)
          .containsExactlyElementsOf(
              IntStream.range(0, counts[n]).map(i -> publisher + i * PUBLISHERS).boxed().toList());
    }
    for (Follower follower : followers) {
      assertThat(follower.awaitNumbers(count)).isEqualTo(order);
      assertThat(follower.gaps()).as("gaps").isZero();
      assertThat(follower.refused()).as("what would end an EventSource").isEmpty();
    }
    assertThat(followers.stream().mapToInt(Follower::cutByOthers).sum())
        .as("cuts by kills")
        .isGreaterThanOrEqualTo(READERS / 2);
  }

  /** Each has a share, so that it is missed. */
  private void awaitReadersOnEach() throws Exception {
    for (Node node : nodes) {
      Server server = new Server(node.uri().resolve("/"));
      Await.until(
          "readers of " + node.name(), () -> server.metric("trailcast_readers") >= READERS / 4.0);
    }
  }
}
