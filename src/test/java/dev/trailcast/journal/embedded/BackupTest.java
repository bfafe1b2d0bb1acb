package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.TestEntries.ids;
import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Backup;
import dev.trailcast.journal.BackupException;
import dev.trailcast.journal.BackupSettings;
import dev.trailcast.journal.Extent.Location;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.Retention;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final String NAME = "Zq7unmistakable9";

  @TempDir Path temporary;

  @Test
  void hasWhatWasAcknowledgedBeforeInItsOrderWhileOthersRecord() throws Exception {
    try (EmbeddedJournal journal = journal().open()) {
      AtomicBoolean enough = new AtomicBoolean();
      CompletableFuture<Void> others =
          CompletableFuture.runAsync(() -> appendUntil(enough, journal));
      for (int i = 1; i <= 5; i++) {
        StreamPosition acknowledged = append(journal, numbered(i)).position();
        Backup backup = backup(journal);

        assertThat(backup.upTo().epoch()).isEqualTo(acknowledged.epoch());
        assertThat(backup.upTo().offset()).isGreaterThanOrEqualTo(acknowledged.offset());
        List<JournalEntry> then = all(journal);
        try (EmbeddedJournal restored = restore(backup)) {
          assertThat(told(all(restored)))
              .isEqualTo(told(then.subList(0, (int) backup.upTo().offset())));
          assertThat(all(restored)).hasSize((int) backup.activities());
        }
      }
      enough.set(true);
      others.get(Await.LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Test
  void hasNoByteOfWhatWasErasedOrHasExpired() throws Exception {
    Retention few = new Retention(Duration.ofDays(1), 2_000, Long.MAX_VALUE);
    try (EmbeddedJournal journal = journal().with(few).open()) {
      append(journal, by(NAME + "expired", 1));
      for (int i = 0; i < 40; i++) {
        append(
            journal,
            IntStream.range(0, 100).mapToObj(n -> by(n % 3 == 0 ? NAME : "bob", n)).toList());
      }
      assertThat(text(backup(journal).file())).contains(NAME).doesNotContain(NAME + "expired");
      assertThat(journal.erase(NAME).get(Await.LIMIT_SECONDS, TimeUnit.SECONDS).count())
          .isPositive();

      assertThat(text(backup(journal).file())).doesNotContain(NAME).contains("bob");
    }
  }

  @Test
  void isKnownForACopyWhereverItIsPutAndHoweverOften() throws Exception {
    Path directory = temporary.resolve("journal");
    Backup backup;
    StreamPosition kept;
    StreamPosition lost;
    try (EmbeddedJournal journal = journal().open()) {
      kept = append(journal, numbered(1)).position();
      backup = backup(journal);
      lost = append(journal, numbered(2)).position();
    }
    for (int i = 0; i < 3; i++) { // all else is left as it is: the seal, too
      Files.write(directory.resolve("journal.db"), Files.readAllBytes(backup.file()));
      try (EmbeddedJournal journal = journal().open()) {
        assertThat(ids(all(journal))).containsExactly("a1");
        StreamPosition anew = append(journal, numbered(3)).position();
        assertThat(anew.offset()).as("the same place").isEqualTo(lost.offset());
        assertThat(journal.reader().extent().locate(lost)).isEqualTo(Location.UNKNOWN);
        assertThat(journal.reader().extent().locate(kept)).isEqualTo(Location.UNKNOWN);
        assertThat(append(journal, numbered(1)).outcome()).isEqualTo(Receipt.Outcome.DUPLICATE);
        lost = anew;
      }
    }
  }

  @Test
  void isKnownForACopyWhereTheSealWasPutBackWithoutATrace() throws Exception {
    Path directory = temporary.resolve("journal");
    Path seal = directory.resolve("journal.seal");
    try (EmbeddedJournal journal = journal().open()) {
      append(journal, numbered(1));
    }
    Path kept = Files.createLink(temporary.resolve("kept"), seal); // as a snapshot would
    Backup backup;
    StreamPosition lost;
    try (EmbeddedJournal journal = journal().open()) {
      append(journal, numbered(2));
      backup = backup(journal);
      lost = append(journal, numbered(3)).position();
    }
    Files.move(kept, seal, StandardCopyOption.REPLACE_EXISTING);
    Files.write(directory.resolve("journal.db"), Files.readAllBytes(backup.file()));

    try (EmbeddedJournal journal = journal().open()) {
      assertThat(append(journal, numbered(4)).position().offset()).isEqualTo(lost.offset());
      assertThat(journal.reader().extent().locate(lost)).isEqualTo(Location.UNKNOWN);
    }
  }

  @Test
  void isNotTakenTogetherWithTheLogOfAJournalThatWasKilled() throws Exception {
    Path directory = temporary.resolve("journal");
    Backup backup;
    try (EmbeddedJournal journal = journal().open()) {
      append(journal, numbered(1, 3));
      backup = backup(journal);
    }
    try (ChildJournal child = ChildJournal.start(directory)) {
      child.awaitAcknowledged(10);
      child.kill();
    }
    assertThat(directory.resolve("journal.db-wal")).isNotEmptyFile();
    Files.copy(backup.file(), directory.resolve("journal.db"), StandardCopyOption.REPLACE_EXISTING);

    try (EmbeddedJournal journal = journal().open()) {
      assertThat(ids(all(journal))).containsExactly("a1", "a2", "a3");
      append(journal, numbered(4));
    }
    try (EmbeddedJournal journal = journal().open()) {
      assertThat(ids(all(journal))).containsExactly("a1", "a2", "a3", "a4");
    }
  }

  @Test
  void keepsTheNewestAndTouchesNoOtherFile() throws Exception {
    Path other = Files.createDirectories(temporary.resolve("backups")).resolve("trailcast-2020.db");
    Files.writeString(other, "mine");
    try (EmbeddedJournal journal =
        journal().with(java.time.Clock.systemUTC(), System::nanoTime).open()) {
      append(journal, numbered(1));
      List<Path> made = IntStream.range(0, 4).mapToObj(i -> backup(journal, 2).file()).toList();

      assertThat(backups()).containsExactlyInAnyOrder(made.get(2), made.get(3));
      assertThat(other).hasContent("mine");
    }
  }

  @Test
  void isItsOwnersAlone() throws Exception {
    try (EmbeddedJournal journal = journal().open()) {
      Path file = backup(journal).file();

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void isMadeOneAtATime() throws Exception {
    HeldDatabase database = new HeldDatabase(temporary.resolve("journal"));
    try (EmbeddedJournal journal = journal().with(database).open()) {
      append(journal, numbered(1));
      CompletableFuture<Backup> first = CompletableFuture.supplyAsync(() -> backup(journal));
      database.awaitBegun();

      assertThatThrownBy(() -> journal.backups().orElseThrow().make(settings(7)))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining("being made already");
      append(journal, numbered(2)); // nobody waits for it
      database.letGo();
      assertThat(first.get(Await.LIMIT_SECONDS, TimeUnit.SECONDS).activities()).isEqualTo(2);
      backup(journal);
    }
  }

  @Test
  void endsWithItsJournalAndLeavesNothing() throws Exception {
    HeldDatabase database = new HeldDatabase(temporary.resolve("journal"));
    EmbeddedJournal journal = journal().with(database).open();
    append(journal, numbered(1));
    CompletableFuture<Backup> backup = CompletableFuture.supplyAsync(() -> backup(journal));
    database.awaitBegun();
    Thread closing = new Thread(journal::close);
    closing.start();
    Await.until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    database.letGo();

    assertThatThrownBy(() -> backup.get(Await.LIMIT_SECONDS, TimeUnit.SECONDS))
        .hasMessageContaining("the application ends");
    assertThat(backups()).isEmpty();
  }

  @Test
  void leavesNothingOnAFullDiskAndTheJournalGoesOn() throws Exception {
    Database full =
        new Database(temporary.resolve("journal")) {
          @Override
          public Connection openBackup(Path file) throws SQLException {
            Connection connection = super.openBackup(file);
            try (Statement statement = connection.createStatement()) {
              statement.execute("PRAGMA max_page_count = 20");
            }
            return connection;
          }
        };
    try (EmbeddedJournal journal = journal().with(full).open()) {
      append(journal, IntStream.range(0, 500).mapToObj(n -> by("bob".repeat(300), n)).toList());

      assertThatThrownBy(() -> journal.backups().orElseThrow().make(settings(7)))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining(temporary.resolve("backups").toString())
          .hasMessageContaining("disk is full")
          .hasMessageContaining("make room");
      assertThat(backups()).isEmpty();
      append(journal, numbered(1));
    }
  }

  @Test
  void saysThatItsDirectoryCanNotBeUsed() throws Exception {
    Files.writeString(temporary.resolve("backups"), "a file");
    try (EmbeddedJournal journal = journal().open()) {
      assertThatThrownBy(() -> journal.backups().orElseThrow().make(settings(7)))
          .isInstanceOf(BackupException.class)
          .hasMessageContaining(temporary.resolve("backups").toString())
          .hasMessageContaining("configure another directory");
      append(journal, numbered(1));
    }
  }

  @Test
  void removesWhatAProcessThatDiedHasLeftOfOne() throws Exception {
    Path left =
        Files.createDirectories(temporary.resolve("backups")).resolve("trailcast-backup.part");
    Files.writeString(left, "half of one");
    try (EmbeddedJournal journal = journal().open()) {
      append(journal, numbered(1));
      assertThat(backup(journal).activities()).isOne();
      assertThat(left).doesNotExist();
    }
  }

  /** A backup that is begun, and then waits. */
  private static final class HeldDatabase extends Database {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);

    HeldDatabase(Path directory) {
      super(directory);
    }

    void awaitBegun() throws InterruptedException {
      assertThat(begun.await(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    void letGo() {
      letGo.countDown();
    }

    @Override
    public Connection openBackup(Path file) throws SQLException {
      Connection connection = super.openBackup(file);
      begun.countDown();
      try {
        assertThat(letGo.await(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return connection;
    }
  }

  private JournalSetup journal() {
    return JournalSetup.in(temporary.resolve("journal"));
  }

  private BackupSettings settings(int keep) {
    return new BackupSettings(Optional.of(temporary.resolve("backups")), keep);
  }

  private Backup backup(EmbeddedJournal journal) {
    return backup(journal, 7);
  }

  private Backup backup(EmbeddedJournal journal, int keep) {
    try {
      return journal.backups().orElseThrow().make(settings(keep));
    } catch (BackupException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private List<Path> backups() throws IOException {
    try (Stream<Path> files = Files.list(temporary.resolve("backups"))) {
      return files
          .filter(
              file ->
                  file.getFileName().toString().startsWith("trailcast-2026")
                      || file.getFileName().toString().endsWith(".part"))
          .toList();
    }
  }

  private EmbeddedJournal restore(Backup backup) throws IOException {
    Path directory = Files.createTempDirectory(temporary, "restored");
    Files.copy(backup.file(), directory.resolve("journal.db"));
    return JournalSetup.in(directory).open();
  }

  private static void appendUntil(AtomicBoolean enough, EmbeddedJournal journal) {
    for (int i = 0; !enough.get(); i += 100) {
      int from = i;
      append(journal, IntStream.range(from, from + 100).mapToObj(n -> by("others", n)).toList());
    }
  }

  private static EncodedActivity by(String actor, int number) {
    return EncodedActivity.of(
        Activity.of(actor, "test.done").withId(actor + "-" + number + "-" + System.nanoTime()));
  }

  private static List<String> told(List<JournalEntry> entries) {
    return entries.stream()
        .map(
            entry ->
                entry.offset()
                    + " "
                    + entry.recorded()
                    + " "
                    + new String(entry.encoded().json(), StandardCharsets.UTF_8))
        .toList();
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
