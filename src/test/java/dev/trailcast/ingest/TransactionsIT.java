package dev.trailcast.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.ActivityReader;
import dev.trailcast.it.OnSharedServer;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** What beans fire, with and without transactions. */
@OnSharedServer
class TransactionsIT {
  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.shared();
  }

  @Test
  void recordsWhatIsFiredOutsideATransaction() throws Exception {
    try (Reader reader = new Reader(server, "api/events?type=plain")) {
      assertThat(server.fire("plain", "plain", 1)).isEqualTo("done");
      reader.await("it", client -> client.activities().size() == 1);
    }
  }

  @Test
  void recordsWhatIsFiredInATransactionInOneBatchAfterItHasCommitted() throws Exception {
    try (Reader reader = new Reader(server, "api/events?type=committed")) {
      assertThat(server.fire("commit", "committed", 50)).isEqualTo("done");
      reader.await("all", client -> client.activities().size() == 50);
      assertThat(
              reader.activities().stream()
                  .map(json -> ActivityReader.read(json).subject())
                  .toList())
          .isEqualTo(IntStream.range(0, 50).mapToObj(Integer::toString).toList());
      List<Long> offsets =
          reader.seen(
              client ->
                  client.activities().stream()
                      .map(event -> event.lastEventId().split("-")[1])
                      .map(Long::valueOf)
                      .toList());
      assertThat(offsets.get(49) - offsets.get(0)).isEqualTo(49);
    }
  }

  @Test
  void recordsNothingOfATransactionThatIsRolledBack() throws Exception {
    try (Reader reader = new Reader(server, "api/events?actor=bean&type=rolled.back&type=after")) {
      assertThat(server.fire("rollback", "rolled.back", 1)).contains("rolls back");
      server.fire("plain", "after", 1);
      reader.await("what was fired after", client -> !client.activities().isEmpty());
      assertThat(reader.activities()).singleElement().asString().contains("\"type\":\"after\"");
    }
  }

  @Test
  void recordsWhatIsFiredAsynchronouslyWhateverBecomesOfTheTransaction() throws Exception {
    try (Reader reader = new Reader(server, "api/events?type=asynchronous")) {
      assertThat(server.fire("async-rollback", "asynchronous", 1)).contains("rolls back");
      reader.await("it", client -> client.activities().size() == 1);
    }
  }

  @Test
  void tellsTheFiringBeanOfWhatCanNotBeRecorded() throws Exception {
    assertThat(server.fire("too-large", "x", 1)).contains("65000");
    assertThat(server.fire("async-too-large", "x", 1)).contains("65000");
  }
}
