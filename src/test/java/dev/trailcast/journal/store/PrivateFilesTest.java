package dev.trailcast.journal.store;

import static dev.trailcast.journal.TestEntries.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  @TempDir Path temporary;

  @Test
  void keepsEverythingInADirectoryOfItsOwnToItself() throws Exception {
    Path directory = temporary.resolve("a/b");
    try (DirectoryLock lock = DirectoryLock.acquire(directory);
        TestStore store = TestStore.in(directory)) {
      store.append(numbered(1));
      store.reader().read(0, 10);
      lock.check();
      store.store().secure();

      assertThat(rights(temporary.resolve("a"))).isEqualTo("rwx------");
      assertThat(rights(directory)).isEqualTo("rwx------");
      assertOurs(directory, 4);
    }
    assertOurs(directory, 3); // with the seal, and without the log
  }

  @Test
  void takesEverybodyElsesRightsFromFilesThatAreThereAndLeavesTheirDirectoryAlone()
      throws Exception {
    TestStore.in(temporary).close();
    for (Path file : files(temporary)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwx---"));
    try (TestStore store = TestStore.in(temporary)) {
      store.append(numbered(1));
      store.store().secure();

      assertOurs(temporary, 3);
      assertThat(rights(temporary)).isEqualTo("rwxrwx---");
    }
  }

  @Test
  void mapsNoFileIntoMemoryThatSomebodyCouldCutShort() throws Exception {
    try (TestStore store = TestStore.in(temporary)) {
      store.append(numbered(1));
      store.reader().read(0, 10);
      store.reader().read(0, 10);

      assertThat(files(temporary))
          .extracting(file -> file.getFileName().toString())
          .contains("journal.db", "journal.db-wal")
          .doesNotContain("journal.db-shm");
      assertThat(Files.readString(Path.of("/proc/self/maps"))).doesNotContain(temporary.toString());
    }
  }

  private static void assertOurs(Path directory, int least) throws IOException {
    assertThat(files(directory))
        .hasSizeGreaterThanOrEqualTo(least)
        .allSatisfy(file -> assertThat(rights(file)).isEqualTo("rw-------"));
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
