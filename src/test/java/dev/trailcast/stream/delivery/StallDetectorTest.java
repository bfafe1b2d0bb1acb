package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.wire.FakeConnection;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StallDetectorTest {
  private static final int MUCH = 100_000;
  private static final int LITTLE = 1_000;

  @TempDir Path directory;

  private long now;

  @Test
  void setsApartWhoTakesNothingThoughNobodyHasHeldAPumpYet() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      Subscriber stuck = follow(trail, 5);
      Subscriber slow = follow(trail, 6);
      Subscriber quick = follow(trail, 7);

      table.say(TcpTable.queue(5, MUCH), TcpTable.queue(6, MUCH), TcpTable.queue(7, LITTLE));
      after(Duration.ofSeconds(1), detector);
      assertThat(stuck.turn().isApart()).isFalse();
      table.say(TcpTable.queue(5, MUCH), TcpTable.queue(6, MUCH - 1), TcpTable.queue(7, LITTLE));
      after(Duration.ofSeconds(1), detector);

      assertThat(stuck.turn().isApart()).isTrue();
      assertThat(slow.turn().isApart()).isFalse();
      assertThat(quick.turn().isApart()).isFalse();
    }
  }

  @Test
  void bringsBackWhoHasTakenEverything() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      Subscriber reader = follow(trail, 5);
      table.say(TcpTable.queue(5, MUCH));
      after(Duration.ofSeconds(1), detector);
      after(Duration.ofSeconds(1), detector);
      assertThat(reader.turn().isApart()).isTrue();

      table.say(TcpTable.queue(5, 0));
      after(Duration.ofSeconds(1), detector);

      assertThat(reader.turn().isApart()).isFalse();
    }
  }

  @Test
  void looksNowAndThenOnlyWhileNobodyStalls() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      Subscriber reader = follow(trail, 5);
      table.say(TcpTable.queue(5, MUCH));

      after(Duration.ofSeconds(1), detector);
      after(Duration.ofMillis(999), detector);
      assertThat(reader.turn().isApart()).isFalse();
      after(Duration.ofMillis(1), detector);
      assertThat(reader.turn().isApart()).isTrue();
    }
  }

  private StallDetector detector(TestTrail trail, TcpTable table) {
    return new StallDetector(trail.pumps, trail.readers.subscribers(), table.queues(), () -> now);
  }

  private void after(Duration time, StallDetector detector) {
    now += time.toNanos();
    detector.run();
  }

  private static Subscriber follow(TestTrail trail, int number) {
    FakeConnection reader = new FakeConnection(TcpTable.connection(number));
    trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head(), null), reader);
    reader.await("opening", client -> client.events().size() == 1);
    return trail.readers.subscribers().stream()
        .filter(each -> each.connection().equals(TcpTable.connection(number)))
        .findFirst()
        .orElseThrow();
  }
}
