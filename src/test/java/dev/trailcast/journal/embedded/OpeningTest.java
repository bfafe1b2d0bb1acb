package dev.trailcast.journal.embedded;

import static dev.trailcast.Await.LIMIT_SECONDS;
import static dev.trailcast.journal.TestEntries.ids;
import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.store.StoreFile;
import dev.trailcast.journal.writer.JournalSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpeningTest {
  @TempDir Path directory;

  @Test
  void makesTheDirectoryWhateverItsName() {
    Path odd = directory.resolve("a/b c?mode=ro&x#y%20ż");
    try (EmbeddedJournal journal = JournalSetup.in(odd).open()) {
      append(journal, numbered(1));
      assertThat(ids(all(journal))).containsExactly("a1");
    }
    assertThat(odd.resolve("journal.db")).isRegularFile();
  }

  @Test
  void syncsEveryCommit() throws Exception {
    // what only a power cut would tell: a killed process leaves its writes to the kernel
    try (Connection connection = new Database(directory).openForWriting();
        Statement statement = connection.createStatement();
        ResultSet synchronous = statement.executeQuery("PRAGMA synchronous")) {
      assertThat(synchronous.getInt(1)).as("FULL").isEqualTo(2);
    }
  }

  @Test
  void goesOnFromAnEmptyFile() throws Exception {
    Files.createFile(directory.resolve("journal.db"));
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      append(journal, numbered(1));
    }
  }

  @Test
  void waitsForTheDirectoryThatAnotherJournalHasUntilThatIsClosed() {
    EmbeddedJournal first = JournalSetup.in(directory).open();
    append(first, numbered(1));
    try (EmbeddedJournal second = JournalSetup.in(directory).open()) {
      assertRefuses(second, directory + " can't be written: it is in use by another application");
      append(first, numbered(2));
      first.close();

      Await.until(() -> second.status().isReady());
      append(second, numbered(3));
      assertThat(ids(all(second))).containsExactly("a1", "a2", "a3");
    }
  }

  @Test
  void recognisesTheSameDirectoryByAnotherName() throws Exception {
    Path link = directory.resolve("link");
    Path real = Files.createDirectory(directory.resolve("real"));
    Files.createSymbolicLink(link, real);
    try (EmbeddedJournal first = JournalSetup.in(real).open();
        EmbeddedJournal second = JournalSetup.in(link).open()) {
      assertThat(first.status().isReady()).isTrue();
      assertThat(second.status().isReady()).isFalse();
    }
  }

  @Test
  void waitsForALockThatIsHeldInThisProcess() throws Exception {
    try (FileChannel channel = lockFile();
        FileLock lock = channel.lock()) {
      try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
        assertRefuses(journal, "it is locked by something else in this server");
        lock.release();

        Await.until(() -> journal.status().isReady());
        append(journal, numbered(1));
      }
    }
  }

  @Test
  void waitsForTheDirectoryThatAnotherProcessHasUntilThatEnds() throws Exception {
    try (ChildJournal other = ChildJournal.start(directory)) {
      other.awaitAcknowledged(1);
      try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
        assertRefuses(journal, "it is in use by another process");
        other.kill();

        Await.until(() -> journal.status().isReady());
        assertThat(ids(all(journal))).contains("0-1");
      }
    }
  }

  @Test
  void keepsAnotherProcessOutAlsoAfterASecondOneHereTried() throws Exception {
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      JournalSetup.in(directory).open().close();
      try (ChildJournal other = ChildJournal.start(directory)) {
        assertThat(other.awaitProblem()).contains("it is in use by another process");
      }
      append(journal, numbered(1));
    }
  }

  @Test
  void saysThatADirectoryCantBeUsed() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    try (EmbeddedJournal journal = JournalSetup.in(file.resolve("journal")).open()) {
      assertRefuses(journal, file.resolve("journal") + " can't be written");
      assertThat(journal.status().problem()).contains("configure another directory");
      Files.delete(file);

      Await.until(() -> journal.status().isReady());
      append(journal, numbered(1));
    }
  }

  @Test
  void leavesAFileAloneThatIsNoDatabase() throws Exception {
    Path file = directory.resolve("journal.db");
    Files.writeString(file, "This is a letter to my grandmother. ".repeat(100));
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      assertRefuses(journal, "not a database");
      assertThat(journal.status().problem()).contains("move the files away");
      assertThat(file).content().startsWith("This is a letter");
      Files.delete(file);

      Await.until(() -> journal.status().isReady());
      append(journal, numbered(1));
    }
  }

  @Test
  void leavesAnotherApplicationsDatabaseAlone() throws Exception {
    StoreFile.execute(directory, "CREATE TABLE letter (text TEXT)");
    Path file = directory.resolve("journal.db");
    Set<PosixFilePermission> rights = PosixFilePermissions.fromString("rw-rw-r--");
    Files.setPosixFilePermissions(file, rights);
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      assertRefuses(journal, "it holds another application's database");
    }
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(rights);
    assertThat(StoreFile.query(directory, "SELECT count(*) FROM sqlite_schema")).isOne();
    assertThat(
            StoreFile.query(directory, "SELECT journal_mode = 'delete' FROM pragma_journal_mode"))
        .isOne();
  }

  @Test
  void leavesAJournalOfANewerVersionAlone() {
    JournalSetup.in(directory).open().close();
    long version = StoreFile.query(directory, "PRAGMA user_version");
    StoreFile.execute(directory, "PRAGMA user_version = " + (version + 1));
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      assertRefuses(
          journal,
          "a newer version of Trailcast (schema %d; this one has %d)"
              .formatted(version + 1, version));
    }
  }

  @Test
  void closesWhileItWaits() throws Exception {
    try (FileChannel channel = lockFile();
        FileLock lock = channel.lock()) {
      EmbeddedJournal journal = JournalSetup.in(directory).open();
      long begun = System.nanoTime();
      journal.close();

      assertThat(lock.isValid()).isTrue();
      assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS));
      assertThat(journal.status().writing()).isFalse();
    }
  }

  @Test
  void doesNotClaimToWriteWhereTheContainerNeverRanItsThread() {
    EmbeddedJournal journal =
        new EmbeddedJournal(
            new JournalSettings(
                directory, new Retention(Duration.ofDays(1), 1_000, 1 << 30), 100, 1 << 20),
            writer -> new Thread(() -> {}),
            Clock.systemUTC(),
            page -> {});
    journal.start();

    Await.until(() -> !journal.status().writing());
    assertThat(journal.status().isReady()).isFalse();
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        directory.resolve("journal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void assertRefuses(EmbeddedJournal journal, String problem) {
    assertThat(journal.status().isReady()).isFalse();
    assertThat(journal.status().writing()).isTrue();
    assertThat(journal.status().problem()).contains(problem);
    assertThatThrownBy(() -> journal.append(numbered(1, 1)))
        .isInstanceOf(JournalUnavailableException.class)
        .hasMessageContaining(problem);
    assertThatThrownBy(journal.reader()::extent)
        .isInstanceOf(JournalUnavailableException.class)
        .hasMessageContaining(problem);
  }
}
