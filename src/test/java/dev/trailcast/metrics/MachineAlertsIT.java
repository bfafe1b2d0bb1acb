package dev.trailcast.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trailcast.Await;
import dev.trailcast.ingest.outbox.DatabaseServer;
import dev.trailcast.it.EmbeddedJournalOnly;
import dev.trailcast.it.Platform;
import dev.trailcast.it.Prometheus;
import dev.trailcast.it.Server;
import dev.trailcast.it.ServerProcess;
import dev.trailcast.it.StalledReader;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.TestClock;
import dev.trailcast.it.TestDatabase;
import dev.trailcast.it.TestDisk;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.jdbcx.JdbcDataSource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus wakes somebody where what a server stands on gives way. */
@EmbeddedJournalOnly("what is on the disk is the same with either; KafkaAlertsIT has what is not")
class MachineAlertsIT {
  private static final String ROOM = "2g";
  private static final String HARDLY_ANY_ROOM = "512m"; // more than a node needs to be ready
  private static final int QUEUE = 16;

  /** Two of them do not fit into the queue. */
  private static final String MANY =
      "[" + "{\"type\":\"many\"},".repeat(QUEUE / 2) + "{\"type\":\"many\"}]";

  private static final String LARGE =
      "{\"source\":\"/stall\",\"type\":\"large\",\"data\":\"" + "x".repeat(40_000) + "\"}";

  private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

  @TempDir static Path directory;

  private static TestClock clock;
  private static TestDisk disk;
  private static DatabaseServer database;
  private static ServerProcess process;
  private static Server server;
  private static Prometheus prometheus;

  private static WebArchive trailcast() {
    return TestArchive.with(
            "trailcast.journal.queue-activities", String.valueOf(QUEUE),
            "trailcast.outbox.datasource", "jdbc/shop",
            "trailcast.outbox.create-table", "true",
            "trailcast.outbox.relay-interval", "PT0.2S",
            "trailcast.follow.tries", "1")
        .addClass(PoisonedFollower.class);
  }

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(Platform.current() != Platform.PAYARA_SERVER, "which is Payara Micro's twin");
    disk = opened(new TestDisk(ROOM));
    clock = new TestClock(directory);
    database = opened(new DatabaseServer());
    process =
        opened(
            new ServerProcess(
                "trailcastMachine",
                trailcast(),
                new TestDatabase(database.url(), JdbcDataSource.class)));
    Map<String, String> environment = new HashMap<>(clock.environment());
    environment.put("TRAILCAST_JOURNAL_DIRECTORY", disk.directory().resolve("journal").toString());
    environment.put("HTTP_WRITE_TIMEOUT", "30s"); // as long as Payara waits for those who stall
    process.start(environment);
    server = process.server();
    prometheus = opened(new Prometheus(server));
  }

  private static <T extends AutoCloseable> T opened(T one) {
    OPEN.push(one);
    return one;
  }

  @AfterAll
  static void end() throws Exception {
    while (!OPEN.isEmpty()) {
      OPEN.pop().close();
    }
  }

  @Test
  void firesWhereTheServerDoesNotAnswer() throws Exception {
    process.pause();
    try {
      prometheus.awaitFiring("TrailcastDown");
    } finally {
      process.goOn();
    }
    prometheus.awaitEnd("TrailcastDown");
  }

  @Test
  void firesWhereTheClockHasLeapt() throws Exception {
    clock.setAhead(Duration.ofHours(1));
    try {
      prometheus.awaitFiring("TrailcastClockLeapt");
    } finally {
      clock.setAhead(Duration.ZERO);
    }
    prometheus.awaitEnd("TrailcastClockLeapt");
    double commits = prometheus.value("trailcast_journal_commit_seconds_count");
    server.record("{\"type\":\"recorded\"}");
    Await.until(
        "what is done every second to go on",
        () -> prometheus.value("trailcast_journal_commit_seconds_count") > commits);
  }

  @Test
  void firesWhereTheDiskIsNearlyFull() throws Exception {
    disk.resize(HARDLY_ANY_ROOM);
    prometheus.awaitFiring("TrailcastDiskNearlyFull");

    disk.resize(ROOM);
    prometheus.awaitEnd("TrailcastDiskNearlyFull");
  }

  @Test
  void firesWhereTheDiskIsSlowAndTheQueueFills() throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    List<CompletableFuture<Void>> publishers = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) { // while one is committed, the other one waits
        publishers.add(CompletableFuture.runAsync(() -> publishUntil(isOver)));
      }
      disk.slowFor(
          process.thread("trailcast-journal"),
          () ->
              Await.until(
                  "somebody to be woken",
                  () ->
                      prometheus
                          .firing()
                          .containsAll(Set.of("TrailcastSlowCommits", "TrailcastQueueHalfFull"))));
    } finally {
      isOver.set(true);
    }
    publishers.forEach(CompletableFuture::join);

    prometheus.awaitEnd("TrailcastQueueHalfFull");
    prometheus.awaitEnd("TrailcastSlowCommits");
  }

  private static void publishUntil(AtomicBoolean isOver) {
    try {
      while (!isOver.get()) {
        server.post("api/activities", "application/json", MANY);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void firesWhereReadersStall() throws Exception {
    StalledReader reader = new StalledReader(server, "api/events?source=/stall");
    try {
      Await.until(
          "somebody to be woken",
          () -> {
            server.record(LARGE);
            return prometheus.firing().contains("TrailcastReadersStall");
          });
    } finally {
      reader.close();
    }
    prometheus.awaitEnd("TrailcastReadersStall");
  }

  @Test
  void firesWhereTheOutboxHasWhatIsOldAndCanNotBeRecorded() throws Exception {
    sql(
        "INSERT INTO trailcast_outbox VALUES ('trailcast',"
            + " '01900000-0000-7000-8000-000000000000', 0, NULL, STRINGTOUTF8('no activity'))");
    prometheus.awaitFiring("TrailcastOutboxOld");
    prometheus.awaitFiring("TrailcastOutboxRefused");

    sql("DELETE FROM trailcast_outbox");
    prometheus.awaitEnd("TrailcastOutboxOld");
    prometheus.awaitEnd("TrailcastOutboxRefused");
  }

  private static void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.url(), "sa", "sa");
        Statement execution = connection.createStatement()) {
      execution.execute(statement);
    }
  }

  @Test
  void firesWhereABeanThatFollowsHasParkedWhatItCanNotTake() throws Exception {
    server.record("{\"type\":\"poison\",\"actor\":\"lucrezia\"}");
    prometheus.awaitFiring("TrailcastFollowerBehind");

    assertThat(server.raw("DELETE api/activities?actor=lucrezia", "\r\n").status()).isEqualTo(200);
    prometheus.awaitEnd("TrailcastFollowerBehind");
  }
}
