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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StallDetectorTest {
  private static final int MUCH = 100_000;
  private static final int LITTLE = 1_000;

  @TempDir Path directory;

  private long now;
  private long looking; // so long a look is under way
  private long processor;
  private long cost; // a look takes so much of it
  private TestTrail trail;
  private TcpTable table;
  private StallDetector detector;

  @BeforeEach
  void open() throws Exception {
    trail = new TestTrail(directory, 10);
    table = new TcpTable(directory);
    detector =
        new StallDetector(
            trail.pumps,
            trail.readers.subscribers(),
            table.queues(),
            () -> now += looking,
            () -> processor += cost);
  }

  @AfterEach
  void close() throws Exception {
    trail.close();
  }

  @Test
  void letsWhoTakesNothingWaitThoughNobodyHasHeldAPumpYet() throws Exception {
    Subscriber stuck = follow(5);
    Subscriber slow = follow(6);
    Subscriber quick = follow(7);

    table.say(TcpTable.queue(5, MUCH), TcpTable.queue(6, MUCH), TcpTable.queue(7, LITTLE));
    after(Duration.ofSeconds(1));
    table.say(TcpTable.queue(5, MUCH), TcpTable.queue(6, MUCH - 1), TcpTable.queue(7, LITTLE));
    after(Duration.ofSeconds(1));

    assertThat(waiting()).containsExactly(stuck.turn());
    assertThat(slow.turn().isApart()).isFalse();
    assertThat(quick.turn().isApart()).isFalse();
  }

  @Test
  void letsWhoHasNoRoomForMoreWait() throws Exception {
    Turn turn = follow(5).turn();

    table.say(TcpTable.shut(5, LITTLE));
    after(Duration.ofSeconds(1));
    after(Duration.ofSeconds(1));

    assertThat(waiting()).containsExactly(turn);
  }

  @Test
  void letsWhoHasTakenEverythingGoOn() throws Exception {
    FakeConnection reader = new FakeConnection(TcpTable.connection(5));
    follow(reader);
    table.say(TcpTable.queue(5, MUCH));
    after(Duration.ofSeconds(1));
    after(Duration.ofSeconds(1));
    assertThat(waiting()).hasSize(1);

    table.say();
    after(Duration.ofSeconds(1));

    reader.await("what was recorded", client -> client.activities().size() == 1);
    assertThat(trail.pumps.awaitingProof()).isEmpty();
  }

  @Test
  void bringsBackWhoHasHeldAPumpAndReadsAfterAllLaterEachTime() throws Exception {
    Turn turn = follow(5).turn();

    turn.setApart();
    table.say(TcpTable.shut(5, LITTLE));
    after(Duration.ofSeconds(1));
    assertThat(turn.isApart()).isTrue();
    table.say(TcpTable.queue(5, LITTLE));
    after(Duration.ofSeconds(1));
    assertThat(turn.isApart()).isFalse();

    turn.setApart();
    after(Duration.ofSeconds(1));
    assertThat(turn.isApart()).isTrue();
    after(Duration.ofSeconds(1));
    assertThat(turn.isApart()).isFalse();
  }

  @Test
  void leavesApartWhoIsHeldInAWrite() throws Exception {
    FakeConnection reader = new FakeConnection(TcpTable.connection(5));
    reader.stall();
    trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head(), null), reader);
    Turn turn = trail.readers.subscribers().iterator().next().turn();
    Await.until("it to hold a pump", turn::isApart);

    table.say();
    after(Duration.ofSeconds(1));

    assertThat(turn.isApart()).isTrue();
  }

  @Test
  void looksAgainAtOnceWhereSomebodyMayStall() throws Exception {
    Turn turn = follow(5).turn();
    table.say(TcpTable.shut(5, LITTLE));

    after(Duration.ofSeconds(1));
    after(Duration.ZERO);

    assertThat(waiting()).containsExactly(turn);
  }

  @Test
  void looksNowAndThenOnlyWhileNobodyStalls() throws Exception {
    Turn turn = follow(5).turn();
    turn.setApart();
    table.say();

    after(Duration.ofMillis(99));
    assertThat(turn.isApart()).isTrue();
    after(Duration.ofMillis(1));
    assertThat(turn.isApart()).isFalse();
  }

  @Test
  void letsWhoeverHasMuchBeforeItHaveMoreWhenItHasTakenTheFirst() throws Exception {
    recordMuch();
    table.say();
    after(Duration.ofSeconds(1));

    FakeConnection reader = catchUp(5);
    Await.until("it to wait", () -> trail.pumps.awaitingProof().size() == 1);
    table.say(TcpTable.queue(5, LITTLE));
    after(Duration.ZERO);
    assertThat(trail.pumps.awaitingProof()).hasSize(1);
    assertThat(reader.text().length()).isBetween(12_000, 16_000);

    table.say();
    after(Duration.ZERO);
    reader.await("all", client -> client.activities().size() == 300);
  }

  @Test
  void writesNothingMoreToWhoeverTakesNothingOfTheFirstAndEndsItAtLast() throws Exception {
    recordMuch();
    table.say();
    after(Duration.ofSeconds(1));

    FakeConnection reader = catchUp(5);
    Await.until("it to wait", () -> trail.pumps.awaitingProof().size() == 1);
    table.say(TcpTable.shut(5, MUCH));
    after(Duration.ofSeconds(1));
    table.say(TcpTable.shut(5, MUCH - 1)); // it has taken some
    after(Duration.ofSeconds(29));
    after(Duration.ofSeconds(29));
    assertThat(trail.pumps.awaitingProof()).hasSize(1);
    after(Duration.ofSeconds(1));

    Await.until("its end", () -> trail.readers.subscribers().isEmpty());
    assertThat(reader.text().length()).isBetween(12_000, 16_000);
  }

  @Test
  void letsWhoeverHasTakenNothingOfTheFirstGoWhenTheApplicationDoes() throws Exception {
    recordMuch();
    table.say();
    after(Duration.ofSeconds(1));
    catchUp(5);
    Await.until("it to wait", () -> trail.pumps.awaitingProof().size() == 1);
    table.say(TcpTable.shut(5, MUCH));

    trail.readers.close(true);
    after(Duration.ZERO);

    Await.until("its end", () -> trail.readers.subscribers().isEmpty());
  }

  @Test
  void letsEverybodyHaveEverythingWhereTheSystemDoesNotTell() throws Exception {
    recordMuch();
    table.say();
    after(Duration.ofSeconds(1));
    FakeConnection reader = catchUp(5);
    Await.until("it to wait", () -> trail.pumps.awaitingProof().size() == 1);

    Files.delete(directory.resolve("tcp"));
    after(Duration.ZERO);

    reader.await("all", client -> client.activities().size() == 300);
    catchUp(6).await("all", client -> client.activities().size() == 300);
  }

  @Test
  void looksTheMoreSeldomTheMoreALookTakesButSoonerWhereItLetsSomebodyGoOn() throws Exception {
    recordMuch();
    table.say();
    cost = Duration.ofMillis(10).toNanos();
    after(Duration.ofSeconds(1));

    catchUp(5);
    Await.until("it to wait", () -> trail.pumps.awaitingProof().size() == 1);
    after(Duration.ofMillis(199));
    assertThat(trail.pumps.awaitingProof()).hasSize(1);
    after(Duration.ofMillis(1));
    assertThat(trail.pumps.awaitingProof()).isEmpty();

    catchUp(6);
    Await.until("it to wait", () -> trail.pumps.awaitingProof().size() == 1);
    after(Duration.ofMillis(39));
    assertThat(trail.pumps.awaitingProof()).hasSize(1);
    after(Duration.ofMillis(1));
    assertThat(trail.pumps.awaitingProof()).isEmpty();
  }

  @Test
  void looksNoMoreSeldomBecauseALookHadToWaitForAProcessor() throws Exception {
    recordMuch();
    table.say();
    looking = Duration.ofMillis(100).toNanos();
    after(Duration.ofSeconds(1));

    catchUp(5);
    Await.until("it to wait", () -> trail.pumps.awaitingProof().size() == 1);
    after(Duration.ZERO);
    assertThat(trail.pumps.awaitingProof()).isEmpty();
  }

  private void recordMuch() throws Exception {
    trail.record(
        Stream.generate(() -> Activity.of("alice", "a").withData("x".repeat(1_000)))
            .limit(300)
            .toList());
  }

  private FakeConnection catchUp(int number) {
    FakeConnection reader = new FakeConnection(TcpTable.connection(number));
    trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head().at(0), null), reader);
    return reader;
  }

  private void after(Duration time) {
    now += time.toNanos();
    detector.run();
  }

  /** Who waits when there is something for everybody. */
  private Set<Turn> waiting() throws Exception {
    trail.record("something");
    Await.until("somebody to wait", () -> !trail.pumps.awaitingProof().isEmpty());
    return trail.pumps.awaitingProof();
  }

  private void follow(FakeConnection reader) {
    trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head(), null), reader);
    reader.await("opening", client -> client.events().size() == 1);
  }

  private Subscriber follow(int number) {
    follow(new FakeConnection(TcpTable.connection(number)));
    Subscriber reader =
        trail.readers.subscribers().stream()
            .filter(each -> each.connection().equals(TcpTable.connection(number)))
            .findFirst()
            .orElseThrow();
    Await.until(reader.turn()::isIdle); // its pump has let go of it
    return reader;
  }
}
