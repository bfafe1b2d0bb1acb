package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.TestEntries.ids;
import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.TestEntries.offsets;
import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static dev.trailcast.journal.embedded.JournalSetup.head;
import static dev.trailcast.journal.embedded.JournalSetup.receipts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.store.StoreFile;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SQLite answers in the same way, and at the same places, where a file system has no room left and
 * where the file has as many pages as it may; the latter can be had everywhere.
 */
class FullDiskTest {
  private static final int FEW_PAGES = 60;

  @TempDir Path directory;

  private SmallDisk disk;

  @BeforeEach
  void limitTheDisk() {
    disk = new SmallDisk(directory);
  }

  @Test
  void saysThatTheDiskIsFullAndLosesNothingThatWasAcknowledged() {
    try (EmbeddedJournal journal = JournalSetup.in(directory).with(disk).open()) {
      List<String> acknowledged = appendUntilFull(journal);

      assertThat(acknowledged).isNotEmpty();
      assertThat(journal.status().isReady()).isFalse();
      assertThat(journal.status().writing()).isTrue();
      assertThat(journal.status().problem())
          .contains(directory.toString())
          .contains("disk is full")
          .contains("make room on the disk");
      assertThatThrownBy(() -> journal.append(numbered(1, 1)))
          .isInstanceOf(JournalUnavailableException.class)
          .hasMessageContaining("disk is full");
      assertThat(ids(all(journal))).isEqualTo(acknowledged); // it can still be read
    }
  }

  @Test
  void goesOnByItselfOnceThereIsRoom() {
    List<JournalEntry> announced = new CopyOnWriteArrayList<>();
    JournalSetup setup =
        JournalSetup.in(directory)
            .with(disk)
            .announcingTo(batch -> announced.addAll(batch.entries()));
    try (EmbeddedJournal journal = setup.open()) {
      List<String> expected = appendUntilFull(journal);
      disk.grow();
      Await.until(() -> journal.status().isReady());
      append(journal, numbered(1, 3));

      expected.addAll(List.of("a1", "a2", "a3"));
      assertThat(ids(all(journal))).isEqualTo(expected);
      assertThat(offsets(all(journal)))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, expected.size()).boxed().toList());
      assertThat(ids(announced)).isEqualTo(expected);
    }
  }

  @Test
  void makesRoomByRetention() {
    HandSetClock clock = new HandSetClock();
    JournalSetup setup =
        JournalSetup.in(directory)
            .with(disk)
            .with(clock)
            .with(new Retention(Duration.ofHours(1), Long.MAX_VALUE, Long.MAX_VALUE));
    try (EmbeddedJournal journal = setup.open()) {
      appendUntilFull(journal);
      clock.advance(Duration.ofHours(2));
      Await.until(() -> journal.status().isReady());

      append(journal, large("anew"));
      assertThat(ids(all(journal))).containsExactly("anew");
    }
  }

  @Test
  void canBeReadAndHealsWhereTheDiskIsFullFromTheBeginning() {
    List<String> acknowledged;
    try (EmbeddedJournal journal = JournalSetup.in(directory).with(disk).open()) {
      acknowledged = appendUntilFull(journal);
    }
    try (EmbeddedJournal journal = JournalSetup.in(directory).with(disk).open()) {
      assertThat(journal.status().reason()).get().asString().contains("disk is full");
      assertThat(ids(all(journal))).isEqualTo(acknowledged);
      disk.grow();

      Await.until(() -> journal.status().isReady());
    }
  }

  @Test
  void announcesWhatAFailedCommitLeftInTheFile() {
    List<JournalEntry> announced = new CopyOnWriteArrayList<>();
    JournalSetup setup =
        JournalSetup.in(directory)
            .with(disk)
            .announcingTo(batch -> announced.addAll(batch.entries()));
    try (EmbeddedJournal journal = setup.open()) {
      int known = appendUntilFull(journal).size();
      // as if the commit that failed had got through after all
      StoreFile.execute(
          directory,
          """
          INSERT INTO entry
          SELECT offset + 1, recorded, source, 'late', type, actor, subject, audience, json
          FROM entry WHERE offset = %d
          """
              .formatted(known));
      disk.grow();
      Await.until(() -> journal.status().isReady());

      assertThat(offsets(announced)).hasSize(known + 1).isSorted().doesNotHaveDuplicates();
      assertThat(head(journal).offset()).isEqualTo(known + 1);
      assertThat(append(journal, numbered(1)).position().offset()).isEqualTo(known + 2);
    }
  }

  @Test
  void doesNotGoOnInAFileThatHasTakenItsPlace() {
    try (EmbeddedJournal journal = JournalSetup.in(directory).with(disk).open()) {
      appendUntilFull(journal);
      for (File file : directory.toFile().listFiles((dir, name) -> name.startsWith("journal.db"))) {
        assertThat(file.delete()).isTrue();
      }
      Await.until(() -> journal.status().problem().contains("has been removed"));

      assertThat(journal.status().problem()).contains("restart the application");
    }
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      assertThat(append(journal, numbered(1)).position().offset()).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE journal SET epoch = 'another'", // as long, but another's
        "DELETE FROM entry WHERE offset = (SELECT max(offset) FROM entry)" // an older copy of it
      })
  void doesNotGoOnWhereTheFilesHaveBeenExchanged(String exchange) {
    try (EmbeddedJournal journal = JournalSetup.in(directory).with(disk).open()) {
      appendUntilFull(journal);
      StoreFile.execute(directory, exchange);
      disk.grow();
      Await.until(() -> !problem(journal).contains("disk is full"));

      assertThat(problem(journal)).contains("exchanged");
    }
  }

  private static String problem(EmbeddedJournal journal) {
    return journal.status().reason().orElse("none");
  }

  private List<String> appendUntilFull(EmbeddedJournal journal) {
    List<String> acknowledged = new ArrayList<>();
    while (true) {
      String id = "large" + acknowledged.size();
      try {
        receipts(journal.append(List.of(large(id))));
        acknowledged.add(id);
      } catch (CompletionException e) {
        assertThat(e).hasCauseInstanceOf(JournalUnavailableException.class);
        return acknowledged;
      }
    }
  }

  private static EncodedActivity large(String id) {
    Activity activity = Activity.of("alice", "test.large").withId(id);
    return EncodedActivity.of(activity.withData("x".repeat(20_000)));
  }

  private static final class SmallDisk extends Database {
    private volatile int pages = FEW_PAGES;

    SmallDisk(Path directory) {
      super(directory);
    }

    void grow() {
      pages = 10 * FEW_PAGES;
    }

    @Override
    public Connection openForWriting() throws SQLException {
      Connection connection = super.openForWriting();
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA max_page_count = " + pages);
      }
      return connection;
    }
  }
}
