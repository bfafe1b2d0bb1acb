package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.TestEntries.ids;
import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.store.BackupCommand;
import dev.trailcast.journal.store.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, as an operator runs it: in a process of its own. */
class BackupCommandTest {
  @TempDir Path temporary;

  private Path journal;
  private Path backups;

  /** What a command has said, and how it has ended. */
  private record Outcome(int status, String said) {}

  @BeforeEach
  void nameTheDirectories() {
    journal = temporary.resolve("journal");
    backups = temporary.resolve("backups");
  }

  @Test
  void makesABackupOfAJournalWhoseServerWasKilledAndVerifiesIt() throws Exception {
    List<String> acknowledged;
    try (ChildJournal child = ChildJournal.start(journal)) {
      child.awaitAcknowledged(100);
      child.kill();
      acknowledged = child.acknowledged();
    }
    Outcome made = run("backup", journal, backups);

    assertThat(made.status()).as(made.said()).isZero();
    Path backup = onlyBackup();
    assertThat(made.said()).contains(backup.toString());
    assertThat(run("verify", backup)).extracting(Outcome::status).isEqualTo(0);
    Path restored = Files.createDirectory(temporary.resolve("restored"));
    Files.copy(backup, restored.resolve("journal.db"));
    try (EmbeddedJournal copy = JournalSetup.in(restored).open();
        EmbeddedJournal original = JournalSetup.in(journal).open()) {
      assertThat(ids(all(copy))).containsAll(acknowledged);
      assertThat(ids(all(copy))).isEqualTo(ids(all(original)));
    }
  }

  @Test
  void changesNothingInTheJournalNotItsVersionNorItsHistory() throws Exception {
    Receipt receipt;
    try (EmbeddedJournal open = JournalSetup.in(journal).open()) {
      receipt = append(open, numbered(1));
    }
    StoreFile.makeVersion2(journal);
    byte[] before = Files.readAllBytes(journal.resolve("journal.db"));

    assertThat(run("backup", journal, backups).status()).isZero();

    assertThat(Files.readAllBytes(journal.resolve("journal.db"))).isEqualTo(before);
    try (EmbeddedJournal open = JournalSetup.in(journal).open()) {
      assertThat(append(open, numbered(2)).position()).isEqualTo(receipt.position().at(2));
    }
  }

  @Test
  void leavesAJournalAloneThatIsInUse() throws Exception {
    try (EmbeddedJournal open = JournalSetup.in(journal).open()) {
      append(open, numbered(1));
      Outcome refused = run("backup", journal, backups);

      assertThat(refused.status()).isOne();
      assertThat(refused.said())
          .contains(journal.toString(), "in use by another process", "POST /api/admin/backup");
      assertThat(backups).doesNotExist();
      append(open, numbered(2));
    }
  }

  @Test
  void findsADamagedBackup() throws Exception {
    try (EmbeddedJournal open = JournalSetup.in(journal).open()) {
      append(open, numbered(1, 2_000));
    }
    run("backup", journal, backups);
    Path backup = onlyBackup();
    try (FileChannel file = FileChannel.open(backup, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(8_192), file.size() / 2 / 8_192 * 8_192);
    }
    Outcome verified = run("verify", backup);

    assertThat(verified.status()).isOne();
    assertThat(verified.said()).contains(backup.toString(), "damaged");
  }

  @Test
  void saysWhatItDoesNotFindOrKnow() throws Exception {
    assertThat(run("backup", journal, backups).said())
        .contains("There is no journal in " + journal);
    assertThat(journal).doesNotExist();
    assertThat(run("verify", journal).said()).contains("There is no file " + journal);
    Files.writeString(temporary.resolve("letter"), "To my grandmother. ".repeat(1_000));
    assertThat(run("verify", temporary.resolve("letter")).said()).contains("not a database");
    Files.createFile(temporary.resolve("empty"));
    assertThat(run("verify", temporary.resolve("empty")).said()).contains("is empty");
    Outcome asked = run("help");
    assertThat(asked.status()).isEqualTo(2);
    assertThat(asked.said()).contains("backup JOURNAL DIRECTORY", "verify FILE");
  }

  private Path onlyBackup() throws IOException {
    try (Stream<Path> files = Files.list(backups)) {
      return files.filter(file -> file.toString().endsWith(".db")).findAny().orElseThrow();
    }
  }

  private static Outcome run(Object... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // lives for a moment only
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BackupCommand.class.getName()));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), said);
  }
}
