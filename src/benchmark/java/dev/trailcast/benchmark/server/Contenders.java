package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Everybody who takes part. */
public final class Contenders {
  /** Names, as they stand in the results. */
  public static final String TRAILCAST = "Trailcast";

  public static final String LIMIT = "the physical limit";
  public static final String BROADCASTER = "the server's SseBroadcaster";
  public static final String NCHAN = "nchan";
  public static final String CENTRIFUGO = "Centrifugo";
  public static final String MERCURE = "Mercure";
  public static final String SUSPENDED = "suspended request";
  public static final String BEGUN = "suspended request, response begun";

  static final Doors TRAILCAST_DOORS = Doors.plain("/api/events", "/api/activities");

  private static final String BROADCASTER_PATH = "/broadcaster";
  private static final Path BENCHMARK = Path.of("dev/trailcast/benchmark");

  private static final Map<String, String> FOR_A_CROWD =
      Map.of("TRAILCAST_STREAM_READERS_MAX_PER_ADDRESS", "20000");

  private final Installation installation;

  public Contenders(Installation installation) {
    this.installation = installation;
  }

  /** Ours, as delivered. */
  public Contender asDelivered() {
    return trailcast(Map.of());
  }

  /** What is delivered to stand in front of it, where HTTP/2 ends. */
  public Contender suppliedProxy() {
    return new SuppliedProxy(installation, installation.firstPort(), http2Port());
  }

  /** Where that one speaks HTTP/2. */
  public int http2Port() {
    return installation.firstPort() + 6;
  }

  /** Trailcast for a crowd that comes from one address, as from behind a proxy. */
  public Contender trailcast() {
    return trailcast(FOR_A_CROWD);
  }

  /** The same where readers are logged in by tokens. */
  public Contender trailcast(Issuer issuer) {
    Map<String, String> settings = new HashMap<>(FOR_A_CROWD);
    settings.putAll(issuer.settings());
    return trailcast(settings);
  }

  /** Apache Kafka, for {@link #node several nodes}. */
  public Broker broker() throws IOException, InterruptedException {
    return Broker.start(installation, installation.firstPort() + 20);
  }

  /**
   * One of several nodes.
   *
   * @param number from 1
   */
  public Contender node(int number, Broker broker) {
    Map<String, String> settings = new HashMap<>(FOR_A_CROWD);
    settings.put("TRAILCAST_JOURNAL", "kafka");
    settings.put("TRAILCAST_KAFKA_BOOTSTRAP", broker.bootstrapServers());
    settings.put("TRAILCAST_KAFKA_CREATE_TOPIC", "true");
    return new ApplicationServer(
        installation,
        new Launch(
            "node " + number,
            installation.firstPort() + 10 + number,
            TRAILCAST_DOORS,
            "/health/ready"),
        "trailcastBenchmarkNode" + number,
        war -> Files.copy(installation.kafkaWar(), war),
        settings);
  }

  private Contender trailcast(Map<String, String> settings) {
    return trailcast(TRAILCAST_DOORS, war -> Files.copy(installation.war(), war), settings);
  }

  private Contender trailcast(
      Doors doors, ApplicationServer.Deployment deployment, Map<String, String> settings) {
    return new ApplicationServer(
        installation,
        new Launch(TRAILCAST, installation.firstPort(), doors, "/"),
        "trailcastBenchmark",
        deployment,
        settings);
  }

  /** Trailcast for a crowd, with a bean in its application that fires what it is told. */
  public Contender trailcastWithBean() {
    return trailcast(
        Doors.told(TRAILCAST_DOORS.follow(), "/benchmark/fire", Contenders::data),
        war -> {
          Installation.unpack(installation.war(), war);
          deploy("bean", war);
        },
        FOR_A_CROWD);
  }

  /** What an activity's JSON, which ends with it, has as data: the rest is the bean's to say. */
  private static String data(String json) {
    String name = "\"data\":";
    return json.substring(json.indexOf(name) + name.length(), json.length() - 1);
  }

  private void deploy(String classes, Path war) throws IOException {
    Path directory = BENCHMARK.resolve(classes);
    Installation.copy(
        installation.classes().resolve(directory),
        war.resolve("WEB-INF/classes").resolve(directory));
  }

  /** The runtime's own broadcaster, on the same server. */
  public Contender broadcaster() {
    return peer(BROADCASTER, Doors.plain(BROADCASTER_PATH, BROADCASTER_PATH));
  }

  /** The same, called by a bean with what that is told. */
  public Contender broadcasterWithBean() {
    return peer(
        BROADCASTER, Doors.told(BROADCASTER_PATH, BROADCASTER_PATH, UnaryOperator.identity()));
  }

  /** The least that it can take, where it can be compiled. */
  public Contender limit() {
    return limit(Doors.plain("/follow", "/publish"));
  }

  /** The same, told several events in a request. */
  public Contender limitTold() {
    return limit(Doors.told("/follow", "/publish", UnaryOperator.identity()));
  }

  private Contender limit(Doors doors) {
    return new Limit(installation, installation.firstPort() + 8, doors);
  }

  /** A request that is suspended and nothing else, on the same server. */
  public Contender suspended() {
    return peer(SUSPENDED, Doors.plain("/suspended", "/suspended"));
  }

  /** The same where the response has begun, as that of a stream has. */
  public Contender begun() {
    return peer(BEGUN, Doors.plain("/suspended/begun", "/suspended/begun"));
  }

  /** Everybody who delivers, published to by POST. */
  public List<Contender> all() {
    return List.of(
        trailcast(),
        limit(),
        broadcaster(),
        nchan(),
        new SseChannel(installation, installation.firstPort() + 3),
        centrifugo(),
        mercure());
  }

  /** Those who deliver single events, published to by the fastest door that each has for them. */
  public List<Contender> byTheirFastestDoors() {
    return List.of(
        trailcastWithBean(), limitTold(), broadcasterWithBean(), nchan(), centrifugo(), mercure());
  }

  /** nginx with nchan. */
  public Contender nchan() {
    return new Nchan(installation, installation.firstPort() + 2);
  }

  /** Centrifugo, where it is given. */
  public Contender centrifugo() {
    return new Centrifugo(installation, installation.firstPort() + 4);
  }

  /** The Mercure hub, where it is given. */
  public Contender mercure() {
    return new Mercure(installation, installation.firstPort() + 5);
  }

  private Contender peer(String name, Doors doors) {
    return new ApplicationServer(
        installation,
        new Launch(name, installation.firstPort() + 1, doors, "/ready"),
        "trailcastBenchmarkPeer",
        war -> deploy("peer", war),
        Map.of());
  }
}
