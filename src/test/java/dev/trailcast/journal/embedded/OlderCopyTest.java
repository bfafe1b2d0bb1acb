package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static dev.trailcast.journal.embedded.JournalSetup.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.journal.Extent.Location;
import dev.trailcast.journal.StreamPosition;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A position names the history that it is of, not only the file. */
class OlderCopyTest {
  @TempDir Path temporary;

  private Path directory;
  private Path copy;

  @BeforeEach
  void nameTheDirectories() throws IOException {
    directory = Files.createDirectory(temporary.resolve("journal"));
    copy = Files.createDirectory(temporary.resolve("copy"));
  }

  @Test
  void doesNotKnowPositionsFromAfterTheDatabaseWasCopied() throws Exception {
    record(1);
    copyFile("journal.db", directory, copy);
    StreamPosition lost = record(2);
    overwrite("journal.db", copy, directory);

    StreamPosition anew = record(3);
    assertThat(anew.offset()).as("the same place").isEqualTo(lost.offset());
    assertUnknown(lost);
  }

  @Test
  void doesNotKnowThemWhereTheJournalWasEmptyAtThatTime() throws Exception {
    JournalSetup.in(directory).open().close();
    copyFile("journal.db", directory, copy);
    StreamPosition lost = record(1);
    overwrite("journal.db", copy, directory);

    record(2);
    assertUnknown(lost);
  }

  @Test
  void doesNotKnowThemWhereAllFilesWereWrittenOver() throws Exception {
    record(1);
    copyAll(directory, copy);
    StreamPosition lost = record(2);
    for (String name : names(copy)) {
      overwrite(name, copy, directory);
    }
    Path seal = directory.resolve("journal.seal");
    Instant later = Files.getLastModifiedTime(seal).toInstant().plusSeconds(60);
    Files.setLastModifiedTime(seal, FileTime.from(later)); // by then

    record(3);
    assertUnknown(lost);
  }

  @Test
  void doesNotKnowThemWhereTheDirectoryIsACopyThatKeptTimes() throws Exception {
    record(1);
    copyAll(directory, copy, StandardCopyOption.COPY_ATTRIBUTES);
    StreamPosition lost = record(2);
    Files.move(directory, temporary.resolve("away"));
    Files.move(copy, directory);

    record(3);
    assertUnknown(lost);
  }

  @Test
  void doesNotKnowThemWhereTheSealWasRemovedByHand() throws Exception {
    StreamPosition lost = record(1);
    Files.delete(directory.resolve("journal.seal"));

    record(2);
    assertUnknown(lost);
  }

  @Test
  void knowsThemAfterARestartAndAChangeOfRightsAndNames() throws Exception {
    StreamPosition first = record(1);
    for (String name : names(directory)) {
      Files.setPosixFilePermissions(
          directory.resolve(name), PosixFilePermissions.fromString("rw-rw----"));
    }
    Files.move(directory, temporary.resolve("moved"));
    directory = temporary.resolve("moved");

    assertThat(record(2)).isEqualTo(first.at(2));
  }

  @Test
  void knowsThemAfterAKill() throws Exception {
    record(1);
    String epoch = record(2).epoch();
    try (ChildJournal child = ChildJournal.start(directory)) {
      child.awaitAcknowledged(10);
      child.kill();
    }

    assertThat(record(3).epoch()).isEqualTo(epoch);
  }

  private StreamPosition record(int number) {
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      return append(journal, numbered(number)).position();
    }
  }

  private void assertUnknown(StreamPosition lost) {
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      assertThat(head(journal).offset()).isGreaterThanOrEqualTo(lost.offset());
      assertThat(journal.reader().extent().locate(lost)).isEqualTo(Location.UNKNOWN);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void copyAll(Path from, Path to, CopyOption... options) throws IOException {
    for (String name : names(from)) {
      copyFile(name, from, to, options);
    }
  }

  private static void copyFile(String name, Path from, Path to, CopyOption... options)
      throws IOException {
    Files.copy(from.resolve(name), to.resolve(name), options);
  }

  /** As cp does: what is in it changes, and the file stays the same. */
  private static void overwrite(String name, Path from, Path to) throws IOException {
    assertThat(to.resolve(name)).isRegularFile();
    Files.write(to.resolve(name), Files.readAllBytes(from.resolve(name)));
  }
}
