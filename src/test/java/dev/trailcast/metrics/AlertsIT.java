package dev.trailcast.metrics;

import dev.trailcast.Await;
import dev.trailcast.it.EmbeddedJournalOnly;
import dev.trailcast.it.Prometheus;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Prometheus wakes somebody where it should, and lets him sleep again. */
@ExtendWith(ArquillianExtension.class)
@EmbeddedJournalOnly("readers are the same with either; KafkaAlertsIT has what is Kafka's")
class AlertsIT {
  private static final int MOST = 12;
  private static final Path JOURNAL = Path.of(TestArchive.newJournalDirectory());

  private static Prometheus prometheus;

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with(
        "trailcast.journal.directory",
        JOURNAL.toString(),
        "trailcast.stream.readers.max",
        String.valueOf(MOST));
  }

  @BeforeEach
  void watch() throws Exception {
    if (prometheus == null) {
      prometheus = new Prometheus(server);
    }
  }

  @AfterAll
  static void end() {
    prometheus.close();
  }

  @Test
  void firesWhereReadersAreTurnedAwayAndWhereNobodyIsLeft() throws Exception {
    server.awaitNoReaders();
    Deque<Reader> readers = new ArrayDeque<>();
    try {
      for (int i = 0; i < MOST; i++) {
        readers.push(new Reader(server, "api/events"));
        readers.peek().awaitText("to be let in", "\"live\":true");
      }
      Await.until(
          "somebody to be woken",
          () -> {
            server.get("api/events"); // is turned away
            return prometheus.firing().contains("TrailcastReadersRefused");
          });
      prometheus.awaitEnd("TrailcastReadersRefused");
    } finally {
      while (!readers.isEmpty()) {
        readers.pop().close();
      }
    }

    Await.until(
        "somebody to be woken",
        () -> {
          server.record("{\"type\":\"left\"}"); // finds out that they have
          return prometheus.firing().contains("TrailcastNoReaders");
        });
    try (Reader reader = new Reader(server, "api/events")) {
      reader.awaitText("to be let in", "\"live\":true");
      prometheus.awaitEnd("TrailcastNoReaders");
    }
  }

  @Test
  void firesWhereReadersComeBackAgainAndAgainAndHaveMissedSomething() throws Exception {
    server.awaitNoReaders();
    Await.until(
        "somebody to be woken",
        () -> {
          try (Reader reader = new Reader(server, "api/events?lastEventId=zzzzzz-5")) {
            reader.awaitText("a gap", "\"unknown\"");
          }
          server.record("{\"type\":\"left\"}"); // finds out that it has
          return prometheus
              .firing()
              .containsAll(Set.of("TrailcastGaps", "TrailcastReconnectStorm"));
        });

    prometheus.awaitEnd("TrailcastGaps");
    prometheus.awaitEnd("TrailcastReconnectStorm");
  }

  @Test
  void firesWhereATransactionHasCommittedWhatCanNotBeRecordedAnyMore() throws Exception {
    Path elsewhere = JOURNAL.resolveSibling(JOURNAL.getFileName() + "-elsewhere");
    Files.move(JOURNAL, elsewhere);
    try {
      Files.createFile(JOURNAL); // where no directory can be made
      Await.until(
          "somebody to be woken",
          () -> {
            server.fire("commit", "lost", 1);
            return prometheus.firing().contains("TrailcastActivitiesLost");
          });
    } finally {
      Files.delete(JOURNAL);
      Files.move(elsewhere, JOURNAL);
    }
    prometheus.awaitEnd("TrailcastActivitiesLost");
  }
}
