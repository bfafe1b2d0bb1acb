package dev.trailcast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With what Linux says of connections to 127.77.0.5 and 127.77.0.6, as proc(5) describes it. */
class VanishDetectorTest {
  private static final String HEADING =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout\n";

  @TempDir Path directory;

  @ParameterizedTest(name = "{0} with {1} retransmissions and {2} probes")
  @CsvSource({"01, 00000006, 0", "04, 00000000, 6", "04, 00000002, 4", "01, 0000000A, 0"})
  void endsAReaderFromWhomNothingComesBackAndFreesItsPlace(
      String timer, String retransmissions, String probes) throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      FakeConnection vanished = follow(trail, 5);
      FakeConnection other = follow(trail, 6);

      look(trail, line(5, timer, retransmissions, probes), line(6, "01", "00000000", "0"));

      vanished.awaitEnd();
      trail.record("a");
      other.await("a", client -> client.activities().size() == 1);
      assertThat(vanished.text()).doesNotContain("trailcast.closing");
    }
  }

  @Test
  void leavesThoseAloneWhoMayStillAnswerOrHaveNothingToAnswer() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      FakeConnection late = follow(trail, 5);
      FakeConnection quiet = follow(trail, 6);

      look(trail, line(5, "01", "00000005", "0"), line(6, "02", "00000009", "9"));

      trail.record("a");
      late.await("a", client -> client.activities().size() == 1);
      quiet.await("a", client -> client.activities().size() == 1);
    }
  }

  private static FakeConnection follow(TestTrail trail, int number) {
    FakeConnection reader =
        new FakeConnection(new Connection("127.77.0." + number, 50_000 + number, 9080));
    trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head(), null), reader);
    reader.await("opening", client -> client.events().size() == 1);
    return reader;
  }

  private void look(TestTrail trail, String... lines) throws Exception {
    Path table = Files.writeString(directory.resolve("tcp"), HEADING + String.join("", lines));
    Duration heartbeat = Duration.ofSeconds(15);
    SendQueues queues = new SendQueues(List.of(table));
    new VanishDetector(heartbeat, trail.broadcaster.subscribers(), queues).run();
  }

  private static String line(int number, String timer, String retransmissions, String probes) {
    return "   2: 0100007F:2378 %02X004D7F:%04X 01 00000007:00000000 %s:0000008A %s     0 %8s 15 2\n"
        .formatted(number, 50_000 + number, timer, retransmissions, probes);
  }
}
