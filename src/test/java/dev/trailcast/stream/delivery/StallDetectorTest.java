package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.stream.pump.Turn;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.wire.FakeConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StallDetectorTest {
  private static final int MUCH = 100_000;
  private static final int LITTLE = 1_000;

  @TempDir Path directory;

  private long now;

  @Test
  void letsWhoTakesNothingWaitThoughNobodyHasHeldAPumpYet() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      Subscriber stuck = follow(trail, 5);
      Subscriber slow = follow(trail, 6);
      Subscriber quick = follow(trail, 7);

      table.say(TcpTable.queue(5, MUCH), TcpTable.queue(6, MUCH), TcpTable.queue(7, LITTLE));
      after(Duration.ofSeconds(1), detector);
      table.say(TcpTable.queue(5, MUCH), TcpTable.queue(6, MUCH - 1), TcpTable.queue(7, LITTLE));
      after(Duration.ofSeconds(1), detector);

      assertThat(waiting(trail)).containsExactly(stuck.turn());
      assertThat(slow.turn().isApart()).isFalse();
      assertThat(quick.turn().isApart()).isFalse();
    }
  }

  @Test
  void letsWhoHasNoRoomForMoreWait() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      Turn turn = follow(trail, 5).turn();

      table.say(TcpTable.shut(5, LITTLE));
      after(Duration.ofSeconds(1), detector);
      after(Duration.ofSeconds(1), detector);

      assertThat(waiting(trail)).containsExactly(turn);
    }
  }

  @Test
  void letsWhoHasTakenEverythingGoOn() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      FakeConnection reader = new FakeConnection(TcpTable.connection(5));
      follow(trail, reader);
      table.say(TcpTable.queue(5, MUCH));
      after(Duration.ofSeconds(1), detector);
      after(Duration.ofSeconds(1), detector);
      assertThat(waiting(trail)).hasSize(1);

      table.say();
      after(Duration.ofSeconds(1), detector);

      reader.await("what was recorded", client -> client.activities().size() == 1);
      assertThat(trail.pumps.awaitingProof()).isEmpty();
    }
  }

  @Test
  void bringsBackWhoHasHeldAPumpAndReadsAfterAllLaterEachTime() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      Turn turn = follow(trail, 5).turn();

      turn.setApart();
      table.say(TcpTable.shut(5, LITTLE));
      after(Duration.ofSeconds(1), detector);
      assertThat(turn.isApart()).isTrue();
      table.say(TcpTable.queue(5, LITTLE));
      after(Duration.ofSeconds(1), detector);
      assertThat(turn.isApart()).isFalse();

      turn.setApart();
      after(Duration.ofSeconds(1), detector);
      assertThat(turn.isApart()).isTrue();
      after(Duration.ofSeconds(1), detector);
      assertThat(turn.isApart()).isFalse();
    }
  }

  @Test
  void leavesApartWhoIsHeldInAWrite() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      FakeConnection reader = new FakeConnection(TcpTable.connection(5));
      reader.stall();
      trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head(), null), reader);
      Turn turn = trail.readers.subscribers().iterator().next().turn();
      Await.until("it to hold a pump", turn::isApart);

      table.say();
      after(Duration.ofSeconds(1), detector);

      assertThat(turn.isApart()).isTrue();
    }
  }

  @Test
  void looksAgainAtOnceWhereSomebodyMayStall() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      Turn turn = follow(trail, 5).turn();
      table.say(TcpTable.shut(5, LITTLE));

      after(Duration.ofSeconds(1), detector);
      after(Duration.ZERO, detector);

      assertThat(waiting(trail)).containsExactly(turn);
    }
  }

  @Test
  void looksNowAndThenOnlyWhileNobodyStalls() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      Turn turn = follow(trail, 5).turn();
      turn.setApart();
      table.say();

      after(Duration.ofMillis(99), detector);
      assertThat(turn.isApart()).isTrue();
      after(Duration.ofMillis(1), detector);
      assertThat(turn.isApart()).isFalse();
    }
  }

  @Test
  void letsWhoeverHasMuchBeforeItHaveMoreWhenItHasTakenTheFirst() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      recordMuch(trail);
      table.say();
      after(Duration.ofSeconds(1), detector);

      FakeConnection reader = catchUp(trail, 5);
      Await.until("it to wait", () -> trail.pumps.awaitingProof().size() == 1);
      table.say(TcpTable.queue(5, LITTLE));
      after(Duration.ZERO, detector);
      assertThat(trail.pumps.awaitingProof()).hasSize(1);
      assertThat(reader.text().length()).isBetween(12_000, 16_000);

      table.say();
      after(Duration.ZERO, detector);
      reader.await("all", client -> client.activities().size() == 300);
    }
  }

  @Test
  void writesNothingMoreToWhoeverTakesNothingOfTheFirstAndEndsItAtLast() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      recordMuch(trail);
      table.say();
      after(Duration.ofSeconds(1), detector);

      FakeConnection reader = catchUp(trail, 5);
      Await.until("it to wait", () -> trail.pumps.awaitingProof().size() == 1);
      table.say(TcpTable.shut(5, MUCH));
      after(Duration.ofSeconds(1), detector);
      table.say(TcpTable.shut(5, MUCH - 1)); // it has taken some
      after(Duration.ofSeconds(29), detector);
      after(Duration.ofSeconds(29), detector);
      assertThat(trail.pumps.awaitingProof()).hasSize(1);
      after(Duration.ofSeconds(1), detector);

      Await.until("its end", () -> trail.readers.subscribers().isEmpty());
      assertThat(reader.text().length()).isBetween(12_000, 16_000);
    }
  }

  @Test
  void letsWhoeverHasTakenNothingOfTheFirstGoWhenTheApplicationDoes() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      recordMuch(trail);
      table.say();
      after(Duration.ofSeconds(1), detector);
      catchUp(trail, 5);
      Await.until("it to wait", () -> trail.pumps.awaitingProof().size() == 1);
      table.say(TcpTable.shut(5, MUCH));

      trail.readers.close(true);
      after(Duration.ZERO, detector);

      Await.until("its end", () -> trail.readers.subscribers().isEmpty());
    }
  }

  @Test
  void letsEverybodyHaveEverythingWhereTheSystemDoesNotTell() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      TcpTable table = new TcpTable(directory);
      StallDetector detector = detector(trail, table);
      recordMuch(trail);
      table.say();
      after(Duration.ofSeconds(1), detector);
      FakeConnection reader = catchUp(trail, 5);
      Await.until("it to wait", () -> trail.pumps.awaitingProof().size() == 1);

      Files.delete(directory.resolve("tcp"));
      after(Duration.ZERO, detector);

      reader.await("all", client -> client.activities().size() == 300);
      catchUp(trail, 6).await("all", client -> client.activities().size() == 300);
    }
  }

  private static void recordMuch(TestTrail trail) throws Exception {
    trail.record(
        Stream.generate(() -> Activity.of("alice", "a").withData("x".repeat(1_000)))
            .limit(300)
            .toList());
  }

  private static FakeConnection catchUp(TestTrail trail, int number) {
    FakeConnection reader = new FakeConnection(TcpTable.connection(number));
    trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head().at(0), null), reader);
    return reader;
  }

  private StallDetector detector(TestTrail trail, TcpTable table) {
    return new StallDetector(trail.pumps, trail.readers.subscribers(), table.queues(), () -> now);
  }

  private void after(Duration time, StallDetector detector) {
    now += time.toNanos();
    detector.run();
  }

  /** Who waits when there is something for everybody. */
  private static Set<Turn> waiting(TestTrail trail) throws Exception {
    trail.record("something");
    Await.until("somebody to wait", () -> !trail.pumps.awaitingProof().isEmpty());
    return trail.pumps.awaitingProof();
  }

  private static void follow(TestTrail trail, FakeConnection reader) {
    trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head(), null), reader);
    reader.await("opening", client -> client.events().size() == 1);
  }

  private static Subscriber follow(TestTrail trail, int number) {
    follow(trail, new FakeConnection(TcpTable.connection(number)));
    return trail.readers.subscribers().stream()
        .filter(each -> each.connection().equals(TcpTable.connection(number)))
        .findFirst()
        .orElseThrow();
  }
}
