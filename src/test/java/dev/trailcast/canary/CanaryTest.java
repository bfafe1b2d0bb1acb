package dev.trailcast.canary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.ingest.RecordingJournal;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.Journal;
import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.wire.FakeConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, of a real journal, tail and pumps. */
class CanaryTest {
  private static final CanarySettings SETTINGS =
      new CanarySettings(Duration.ofSeconds(5), Duration.ofSeconds(10));

  @TempDir Path directory;

  private final AtomicLong now = new AtomicLong();
  private TestTrail trail;

  @BeforeEach
  void lay() throws Exception {
    trail = new TestTrail(directory, 100);
  }

  @AfterEach
  void end() {
    trail.close();
  }

  @Test
  void comesThroughAgainAndAgainAndLeavesNothing() throws Exception {
    trail.record("a", "b");
    trail.awaitTail();
    Extent before = trail.reader.extent();
    Canary canary = canary(trail.journal);

    send(canary, 20);

    assertThat(canary.latency()).isPresent();
    assertThat(canary.problem()).isEmpty();
    assertThat(trail.reader.extent()).hasToString(before.toString());
    assertThat(trail.trail.tail().recorded()).hasSize(2);
    assertThat(trail.reader.read(0, 100).entries()).hasSize(2);
    assertThat(trail.record("c").get(0).offset()).isEqualTo(3);
    assertThat(trail.readers.streams()).isZero();
    assertThat(trail.readers.filling()).isZero();
  }

  @Test
  void writesToNobodyWhoFollows() throws Exception {
    List<FakeConnection> idle = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      idle.add(trail.followFrom(0));
    }
    for (FakeConnection each : idle) {
      each.await("opening", client -> client.events().size() == 1);
    }
    List<Integer> writes = idle.stream().map(FakeConnection::writes).toList();

    send(canary(trail.journal), 20);
    trail.record("a"); // what would have come before it has

    for (FakeConnection each : idle) {
      each.await("what was recorded", client -> client.activities().size() == 1);
      assertThat(each.text()).doesNotContain("canary");
    }
    assertThat(idle.stream().map(FakeConnection::writes).toList())
        .isEqualTo(writes.stream().map(count -> count + 1).toList());
  }

  @Test
  void comesThroughWhereMoreIsAnnouncedThanTheTailKeepsUpWith() throws Exception {
    Canary canary = canary(trail.journal);
    synchronized (trail.trail.tail()) { // holds up the tail's thread
      for (int i = 0; i < 200; i++) {
        trail.record("before");
      }
      canary.send();
      for (int i = 0; i < 200; i++) {
        trail.record("after");
      }
    }

    Await.until(() -> canary.latency().isPresent());
    assertThat(trail.reader.extent().head().offset()).isEqualTo(400);
  }

  @Test
  void saysThatNoneWasEverSent() {
    Canary canary = canary(trail.journal);
    assertThat(canary.problem()).isEmpty(); // and from now on one is to come
    pass(15);

    assertThat(canary.problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("no more is sent"));
  }

  @Test
  void saysThatTheJournalDoesNotGetOnAndSendsNoMore() throws Exception {
    RecordingJournal held =
        new RecordingJournal(
            batch -> batch == 0 ? RecordingJournal.Outcome.HELD : RecordingJournal.Outcome.DURABLE);
    Canary canary = canary(held);
    canary.send();
    pass(15);

    assertThat(canary.problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("is not durable yet"));
    canary.send();
    assertThat(held.batches()).hasSize(1); // they do not heap up
  }

  @Test
  void saysThatWhatIsDurableIsNotAnnounced() {
    Canary canary = canary(new RecordingJournal()); // which tells no tail
    canary.send();
    pass(15);

    assertThat(canary.problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("what readers follow"));
  }

  @Test
  void saysWhyTheJournalRefusedItAndTriesAgain() {
    RecordingJournal away =
        new RecordingJournal(
            batch -> batch == 0 ? RecordingJournal.Outcome.FULL : RecordingJournal.Outcome.FAILED);
    Canary canary = canary(away);
    canary.send();
    pass(15);

    assertThat(canary.problem())
        .hasValueSatisfying(problem -> assertThat(problem).endsWith("full, says the test"));
    canary.send();
    assertThat(away.batches()).hasSize(1);
    assertThat(canary.problem())
        .hasValueSatisfying(problem -> assertThat(problem).endsWith("/secret/path"));
  }

  private Canary canary(Journal journal) {
    return new Canary(SETTINGS, journal, trail.readers, now::get);
  }

  /** So many, each of which has come through before the next is sent. */
  private void send(Canary canary, int count) {
    for (int i = 0; i < count; i++) {
      pass(5);
      canary.send();
      Await.until(() -> canary.sinceLast().map(Duration::isZero).orElse(false));
    }
  }

  private void pass(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }
}
