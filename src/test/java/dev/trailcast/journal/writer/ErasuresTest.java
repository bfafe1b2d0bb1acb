package dev.trailcast.journal.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Erased;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.EntryStore;
import dev.trailcast.journal.store.StoreFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasuresTest {
  private static final Duration LONG = Duration.ofSeconds(1);

  @TempDir Path directory;

  private final HandSetClock clock = new HandSetClock();
  private final Erasures erasures = new Erasures(clock::nanoTime);
  private final List<Erasure> told = new ArrayList<>();
  private EntryStore store;

  @BeforeEach
  void open() throws SQLException, IOException {
    store = EntryStore.open(new Database(directory));
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
  }

  @Test
  void areDoneOneAfterTheOther() throws Exception {
    record("alice", "bob", "alice", "carol");
    CompletableFuture<Erased> alice = ask("alice");
    CompletableFuture<Erased> bob = ask("bob");

    goOnUntil(alice);
    assertThat(bob).isNotDone();
    goOnUntil(bob);

    assertThat(alice.join().count()).isEqualTo(2);
    assertThat(bob.join().count()).isOne();
    assertThat(erasures.pause(LONG)).isEqualTo(LONG);
  }

  @Test
  void areTheSameForAllWhoAskForAnActorThatWaits() throws Exception {
    record("bob");
    CompletableFuture<Erased> alice = ask("alice");
    CompletableFuture<Erased> first = ask("bob");
    CompletableFuture<Erased> second = ask("bob");

    goOnUntil(alice);
    goOnUntil(first);

    assertThat(second).isCompletedWithValue(first.join());
    assertThat(told).hasSize(2);
    assertThat(erasures.pause(LONG)).isEqualTo(LONG);
  }

  @Test
  void beginAnewForWhoAsksWhileOneOfItsActorIsUnderWay() throws Exception {
    record("alice");
    CompletableFuture<Erased> first = ask("alice");
    goOn();
    record("alice"); // behind where the first one ends
    CompletableFuture<Erased> second = ask("alice");

    goOnUntil(second);

    assertThat(first.join().count()).isOne();
    assertThat(second.join().count()).isOne();
  }

  @Test
  void leaveTheWriterAloneForAWhileWhereSomebodyReadsFromTheLog() throws Exception {
    record("alice");
    CompletableFuture<Erased> alice = ask("alice");
    whileSomebodyReads(
        () -> {
          goOnUntilHeldUp();
          for (int i = 0; i < 10 * Wiping.MOST_TRIES; i++) {
            goOn(); // does not try again yet
          }
          assertThat(alice).isNotDone();
        });

    clock.advance(LONG);
    goOnUntil(alice);
    assertThat(alice.join().count()).isOne();
  }

  @Test
  void failWhereSomebodyReadsFromTheLogWithoutEnd() throws Exception {
    record("alice", "bob");
    CompletableFuture<Erased> alice = ask("alice");
    CompletableFuture<Erased> bob = ask("bob");
    whileSomebodyReads(
        () -> {
          for (int tries = 0; tries < Wiping.MOST_TRIES; tries++) {
            assertThat(alice).isNotDone();
            goOnUntilHeldUp();
            clock.advance(LONG);
          }
          assertThat(alice).isCompletedExceptionally();
        });

    goOnUntil(bob);
    assertThatThrownBy(alice::join).hasCauseInstanceOf(JournalUnavailableException.class);
    assertThat(bob.join().count()).isOne();
  }

  private CompletableFuture<Erased> ask(String actor) {
    CompletableFuture<Erased> answer = new CompletableFuture<>();
    erasures.add(actor, answer);
    return answer;
  }

  private void goOn() throws SQLException, IOException {
    erasures.goOn(
        store,
        erasure -> {
          told.add(erasure);
          return store.extent().head();
        });
  }

  private void goOnUntil(CompletableFuture<Erased> answer) throws SQLException, IOException {
    while (!answer.isDone()) {
      assertThat(erasures.pause(LONG)).isZero();
      goOn();
    }
  }

  private void goOnUntilHeldUp() throws SQLException, IOException {
    while (erasures.pause(LONG).isZero()) {
      goOn();
    }
  }

  private interface Step {
    void take() throws SQLException, IOException;
  }

  private void whileSomebodyReads(Step step) throws SQLException, IOException {
    try (Connection reading = StoreFile.connect(directory);
        Statement statement = reading.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("SELECT count(*) FROM entry");
      step.take();
    }
  }

  /** One activity of each. */
  private void record(String... actors) throws SQLException {
    store.commit(
        store.extent().floor().offset(),
        entries -> {
          StreamPosition place = store.extent().head();
          for (String actor : actors) {
            place = place.at(place.offset() + 1);
            entries.add(
                new JournalEntry(
                    place, HandSetClock.START, EncodedActivity.of(Activity.of(actor, "done"))));
          }
        });
  }
}
