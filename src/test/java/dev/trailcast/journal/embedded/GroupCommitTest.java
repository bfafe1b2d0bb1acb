package dev.trailcast.journal.embedded;

import static dev.trailcast.Await.LIMIT_SECONDS;
import static dev.trailcast.journal.TestEntries.ids;
import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.TestEntries.offsets;
import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static dev.trailcast.journal.embedded.JournalSetup.head;
import static dev.trailcast.journal.embedded.JournalSetup.receipts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.JournalFullException;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.StoreFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

class GroupCommitTest {
  @TempDir Path directory;

  private final List<JournalPage> announced = new CopyOnWriteArrayList<>();

  @Test
  void announcesWhatIsNewInOrderOnce() {
    try (EmbeddedJournal journal = JournalSetup.in(directory).announcingTo(announced::add).open()) {
      append(journal, numbered(1, 2));
      append(journal, numbered(2, 3));
      append(journal, numbered(1, 3));

      assertThat(announced).hasSize(2);
      assertThat(ids(announced.get(0).entries())).containsExactly("a1", "a2");
      assertThat(ids(announced.get(1).entries())).containsExactly("a3");
      assertThat(offsets(announced.get(1).entries())).containsExactly(3L);
      assertThat(announced.get(0).entries().get(0).position().epoch())
          .isEqualTo(head(journal).epoch());
    }
  }

  @Test
  void announcesOnlyWhatOthersFindInTheFile() {
    List<Long> found = new CopyOnWriteArrayList<>();
    JournalSetup setup =
        JournalSetup.in(directory)
            .announcingTo(
                batch -> found.add(StoreFile.query(directory, "SELECT max(offset) FROM entry")));
    try (EmbeddedJournal journal = setup.open()) {
      append(journal, numbered(1, 2));
      append(journal, numbered(3));

      assertThat(found).containsExactly(2L, 3L);
    }
  }

  @Test
  void announcesBeforeItAcknowledges() {
    CompletableFuture<List<Receipt>> appended = new CompletableFuture<>();
    List<Boolean> acknowledged = new CopyOnWriteArrayList<>();
    JournalSetup setup =
        JournalSetup.in(directory).announcingTo(batch -> acknowledged.add(appended.isDone()));
    try (EmbeddedJournal journal = setup.open()) {
      journal.append(numbered(1, 1)).thenAccept(appended::complete);

      receipts(appended);
      assertThat(acknowledged).containsExactly(false);
    }
  }

  @Test
  void acknowledgesAlsoWhereWhoIsToldFails() {
    JournalSetup setup =
        JournalSetup.in(directory)
            .announcingTo(
                batch -> {
                  announced.add(batch);
                  throw new AssertionError("on purpose");
                });
    try (EmbeddedJournal journal = setup.open()) {
      append(journal, numbered(1));
      append(journal, numbered(2));

      assertThat(announced).hasSize(2);
      assertThat(journal.status().isReady()).isTrue();
    }
  }

  @Test
  void commitsTogetherWhatCameDuringACommit() throws Exception {
    HeldUp held = new HeldUp();
    try (EmbeddedJournal journal = JournalSetup.in(directory).announcingTo(held::take).open()) {
      journal.append(numbered(1, 1));
      held.awaitEntry();
      List<CompletableFuture<List<Receipt>>> appends = new ArrayList<>();
      for (int i = 2; i <= 51; i++) {
        appends.add(journal.append(List.of(numbered(i))));
      }
      assertThat(journal.status().queued()).isEqualTo(50);
      held.release();

      appends.forEach(JournalSetup::receipts);
      assertThat(announced).extracting(batch -> batch.entries().size()).containsExactly(1, 50);
      assertThat(journal.status().queued()).isZero();
    }
  }

  @Test
  void putsNoMoreThanAThousandOrAMegabyteIntoOneCommit() throws Exception {
    HeldUp held = new HeldUp();
    try (EmbeddedJournal journal = JournalSetup.in(directory).announcingTo(held::take).open()) {
      journal.append(numbered(1, 1));
      held.awaitEntry();
      journal.append(numbered(2, 701));
      journal.append(numbered(702, 1001));
      journal.append(numbered(1002, 1002));
      journal.append(large(1003, 700_000));
      CompletableFuture<List<Receipt>> last = journal.append(numbered(1004, 1004));
      held.release();

      receipts(last);
      assertThat(announced).extracting(b -> b.entries().size()).containsExactly(1, 1000, 3);
    }
  }

  @Test
  void refusesAtOnceWhatHasNoRoomAndTakesItLater() throws Exception {
    HeldUp held = new HeldUp();
    JournalSetup setup = JournalSetup.in(directory).withQueueOf(10).announcingTo(held::take);
    try (EmbeddedJournal journal = setup.open()) {
      journal.append(numbered(1, 1));
      held.awaitEntry();
      CompletableFuture<List<Receipt>> queued = journal.append(numbered(2, 9));
      assertThatThrownBy(() -> journal.append(numbered(10, 12)))
          .isInstanceOf(JournalFullException.class)
          .hasMessageContaining("8 activities");
      journal.append(numbered(10, 11)); // still fits
      held.release();

      receipts(queued);
      append(journal, numbered(12));
      assertThat(all(journal)).hasSize(12);
    }
  }

  @Test
  void refusesWhatHasTooManyBytes() throws Exception {
    HeldUp held = new HeldUp();
    try (EmbeddedJournal journal = JournalSetup.in(directory).announcingTo(held::take).open()) {
      journal.append(numbered(1, 1));
      held.awaitEntry();
      journal.append(large(2, 600_000));
      assertThatThrownBy(() -> journal.append(large(3, 600_000)))
          .isInstanceOf(JournalFullException.class);
      held.release();
    }
  }

  @Test
  void takesMoreThanTheQueueHoldsWhereNothingElseWaits() {
    try (EmbeddedJournal journal = JournalSetup.in(directory).withQueueOf(10).open()) {
      assertThat(append(journal, numbered(1, 2_500))).hasSize(2_500);
      assertThat(head(journal).offset()).isEqualTo(2_500);
    }
  }

  @Test
  void refusesOneThatTheDatabaseCantTakeAndNoOther() throws Exception {
    HeldUp held = new HeldUp();
    Database strict =
        new Database(directory) {
          @Override
          public Connection openForWriting() throws SQLException {
            Connection connection = super.openForWriting();
            ((SQLiteConnection) connection).setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, 100_000);
            return connection;
          }
        };
    JournalSetup setup = JournalSetup.in(directory).with(strict).announcingTo(held::take);
    try (EmbeddedJournal journal = setup.open()) {
      journal.append(numbered(1, 1));
      held.awaitEntry();
      CompletableFuture<List<Receipt>> before = journal.append(numbered(2, 3));
      CompletableFuture<List<Receipt>> tooLarge = journal.append(large(4, 200_000));
      CompletableFuture<List<Receipt>> behind = journal.append(numbered(5, 5));
      held.release();

      assertThat(receipts(before)).hasSize(2);
      assertThat(receipts(behind)).extracting(r -> r.position().offset()).containsExactly(4L);
      assertThatThrownBy(() -> receipts(tooLarge))
          .hasCauseInstanceOf(JournalUnavailableException.class)
          .hasMessageContaining("too big");
      assertThat(journal.status().isReady()).isTrue();
      assertThat(ids(all(journal))).containsExactly("a1", "a2", "a3", "a5");
    }
  }

  private static List<EncodedActivity> large(int number, int bytes) {
    Activity activity = Activity.of("alice", "test.large").withId("a" + number);
    return List.of(EncodedActivity.of(activity.withData("x".repeat(bytes))));
  }

  /** Whom it is announced to, and who takes his time over the first. */
  private final class HeldUp {
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    void take(JournalPage batch) {
      announced.add(batch);
      entered.countDown();
      try {
        released.await(LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void awaitEntry() throws InterruptedException {
      assertThat(entered.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    void release() {
      released.countDown();
    }
  }
}
