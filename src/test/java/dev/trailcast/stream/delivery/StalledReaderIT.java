package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.OnSharedServer;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.StalledReader;
import dev.trailcast.it.TestArchive;
import dev.trailcast.stream.events.EventsIT;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Promise 5: a reader that stalls delays nobody, and costs bounded memory. */
@OnSharedServer
class StalledReaderIT {
  private static final int LARGE = 40_000;
  private static final int BATCHES = 50;
  private static final int STALLED = 30;

  /**
   * Bytes of heap for each of them: Payara keeps three times as much of what is due, unless told.
   */
  private static final long BOUND = 2_000_000;

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.shared();
  }

  @Test
  void getsNothingWhileTwentyOthersGetEverything() throws Exception {
    List<Reader> others = new ArrayList<>();
    StalledReader stalled = new StalledReader(server, "api/events?source=/stall");
    try {
      for (int i = 0; i < 20; i++) {
        others.add(new Reader(server, "api/events?source=/stall"));
      }

      for (int batch = 0; batch < BATCHES; batch++) { // 20 MB, more than any socket buffers
        server.recordAll(tenLarge("/stall", batch));
        int due = batch * 10 + 10;
        for (Reader other : others) { // nobody waits for the one that stalls
          other.await("batch", client -> client.activities().size() == due);
        }
      }
      for (Reader other : others) {
        assertThat(EventsIT.subjects(other))
            .isEqualTo(IntStream.range(0, BATCHES * 10).mapToObj(Integer::toString).toList());
      }
    } finally {
      stalled.close();
      for (Reader other : others) {
        other.close();
      }
    }
  }

  @Test
  void costsBoundedMemoryHoweverMuchIsDue() throws Exception {
    server.awaitNoReaders();
    double slow = server.metric("trailcast_streams_ended_total", "slow");
    long heap = server.usedHeap();
    List<StalledReader> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < STALLED; i++) {
        stalled.add(new StalledReader(server, "api/events?source=/memory"));
      }
      for (int batch = 0; batch < BATCHES / 2; batch++) { // 10 MB for each of them
        server.recordAll(tenLarge("/memory", batch));
      }

      boolean allStall;
      do { // to whom a write does not block yet, more is sent
        allStall = stalledOrCutOff(server) - slow >= STALLED;
        assertThat(server.usedHeap() - heap).isLessThan(STALLED * BOUND);
      } while (!allStall);
    } finally {
      for (StalledReader each : stalled) {
        each.close();
      }
    }
  }

  private static double stalledOrCutOff(Server server) throws Exception {
    return server.metric("trailcast_stalled_threads")
        + server.metric("trailcast_stalled_waiting")
        + server.metric("trailcast_streams_ended_total", "slow");
  }

  private static List<String> tenLarge(String source, int batch) {
    String data = "x".repeat(LARGE);
    return IntStream.range(batch * 10, batch * 10 + 10)
        .mapToObj(
            n ->
                "{\"source\":\"%s\",\"type\":\"counted\",\"subject\":\"%d\",\"data\":\"%s\"}"
                    .formatted(source, n, data))
        .toList();
  }
}
