package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.TestEntries.ids;
import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static dev.trailcast.journal.embedded.JournalSetup.head;
import static dev.trailcast.journal.embedded.JournalSetup.receipts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.StoreFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the files while a journal has them open. */
class ExchangedFilesTest {
  @TempDir Path temporary;

  private Path directory;

  @BeforeEach
  void nameTheDirectory() {
    directory = temporary.resolve("journal");
  }

  @Test
  void refusesWhereItsDirectoryWasRemoved() throws Exception {
    StreamPosition before;
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      before = append(journal, numbered(1)).position();
      removeDirectory();
      Await.until(() -> problem(journal).contains("journal.db has been removed"));

      assertThat(journal.status().writing()).isTrue();
      assertThat(problem(journal)).contains("restart the application");
      assertThatThrownBy(() -> journal.append(numbered(2, 2)))
          .isInstanceOf(JournalUnavailableException.class);
    }
    try (EmbeddedJournal next = JournalSetup.in(directory).open()) {
      assertThat(head(next).epoch()).isNotEqualTo(before.epoch());
      append(next, numbered(1));
    }
  }

  @Test
  void acknowledgesNothingForLongThatGoesIntoARemovedFile() throws Exception {
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      append(journal, numbered(1));
      Files.delete(directory.resolve("journal.db"));
      Files.createFile(directory.resolve("journal.db"));

      Await.until("an append to be refused", () -> isRefused(journal));
      assertThat(problem(journal)).contains("journal.db has been exchanged");
      assertThat(directory.resolve("journal.db")).as("is left alone").isEmptyFile();
    }
  }

  @Test
  void readsNothingFromAFileThatHasTakenTheOthersPlace() throws Exception {
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      append(journal, numbered(1, 3));
      Path other = temporary.resolve("other");
      JournalSetup.in(other).open().close();
      Files.move(directory.resolve("journal.db"), temporary.resolve("away.db"));
      Files.move(other.resolve("journal.db"), directory.resolve("journal.db"));

      assertThatThrownBy(() -> journal.reader().read(0, 10))
          .isInstanceOf(JournalUnavailableException.class)
          .hasMessageContaining("has been exchanged");
    }
  }

  @Test
  void noticesThatItsLogWasRemoved() throws Exception {
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      append(journal, numbered(1));
      Files.delete(directory.resolve("journal.db-wal"));

      Await.until("an append to be refused", () -> isRefused(journal));
    }
  }

  @Test
  void goesOnWhereItsFilesAreBack() throws Exception {
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      StreamPosition first = append(journal, numbered(1)).position();
      Files.move(directory.resolve("journal.db"), temporary.resolve("away.db"));
      Await.until(() -> problem(journal).contains("journal.db has been removed; put it back"));
      Files.move(temporary.resolve("away.db"), directory.resolve("journal.db"));

      Await.until(() -> journal.status().isReady());
      assertThat(append(journal, numbered(2)).position()).isEqualTo(first.at(2));
      assertThat(ids(all(journal))).containsExactly("a1", "a2");
    }
  }

  @Test
  void refusesWhereAnotherJournalWasWrittenIntoItsFile() throws Exception {
    Path other = temporary.resolve("other");
    try (EmbeddedJournal journal = JournalSetup.in(other).open()) {
      append(journal, numbered(1, 5));
    }
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      StreamPosition first = append(journal, numbered(1)).position();
      Path away = temporary.resolve("away.db");
      Files.move(directory.resolve("journal.db"), away);
      Await.until(() -> problem(journal).contains("journal.db has been removed"));
      try (OutputStream same = Files.newOutputStream(away)) { // it stays the file that it was
        Files.copy(other.resolve("journal.db"), same);
      }
      Files.deleteIfExists(directory.resolve("journal.db-wal"));
      Files.move(away, directory.resolve("journal.db"));

      Await.until(() -> problem(journal).contains("its files have been exchanged"));
      assertThat(head(journal)).isEqualTo(first);
      assertThat(journal.status().isReady()).isFalse();
    }
  }

  @Test
  void givesWayToWhoeverLocksTheDirectoryOnceItsOwnLockWasRemoved() throws Exception {
    Path file = directory.resolve("journal.lock");
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      append(journal, numbered(1));
      Files.delete(file);
      try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        Await.until(() -> problem(journal).contains("it is locked by something else"));
        lock.release();

        Await.until(() -> journal.status().isReady());
        append(journal, numbered(2));
      }
    }
  }

  @Test
  void opensAnewWhereSomebodyElseHasWritten() {
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      append(journal, numbered(1));
      StoreFile.execute(
          directory,
          """
          INSERT INTO entry
          SELECT 2, recorded, source, 'foreign', type, actor, subject, audience, json FROM entry
          """);

      assertThatThrownBy(() -> receipts(journal.append(numbered(2, 2))))
          .hasCauseInstanceOf(JournalUnavailableException.class)
          .hasMessageContaining("somebody else writes to it");
      Await.until(() -> journal.status().isReady());
      assertThat(append(journal, numbered(2)).position().offset()).isEqualTo(3);
    }
  }

  private static boolean isRefused(EmbeddedJournal journal) {
    try {
      journal.append(List.of(numbered(1))).join();
      return false;
    } catch (RuntimeException e) {
      return true;
    }
  }

  private static String problem(EmbeddedJournal journal) {
    return journal.status().reason().orElse("none");
  }

  private void removeDirectory() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(ExchangedFilesTest::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
