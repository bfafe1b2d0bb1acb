package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.wire.FakeConnection;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VanishDetectorTest {
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
    FakeConnection reader = new FakeConnection(TcpTable.connection(number));
    trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head(), null), reader);
    reader.await("opening", client -> client.events().size() == 1);
    return reader;
  }

  private void look(TestTrail trail, String... lines) throws Exception {
    TcpTable table = new TcpTable(directory);
    table.say(lines);
    Duration heartbeat = Duration.ofSeconds(4);
    new VanishDetector(heartbeat, trail.readers.subscribers(), table.queues()).run();
  }

  private static String line(int number, String timer, String retransmissions, String probes) {
    return TcpTable.line(number, 7, timer, retransmissions, probes);
  }
}
