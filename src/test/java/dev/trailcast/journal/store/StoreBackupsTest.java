package dev.trailcast.journal.store;

import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.TestEntries.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Backup;
import dev.trailcast.journal.BackupSettings;
import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes between two of the stretches that a backup reads. */
class StoreBackupsTest {
  private static final int STRETCH = 10;

  @TempDir Path temporary;

  private final Clock clock = new HandSetClock();
  private final Queue<Change> changes = new ArrayDeque<>();
  private Database database;
  private EntryStore store;

  private interface Change {
    void make() throws SQLException;
  }

  @BeforeEach
  void recordAHundred() throws Exception {
    database = new Database(Files.createDirectory(temporary.resolve("journal")));
    store = EntryStore.open(database);
    append(numbered(1, 50));
    append(
        LongStream.rangeClosed(51, 100)
            .mapToObj(n -> Activity.of("bob", "test.counted").withId("b" + n))
            .map(EncodedActivity::of)
            .toList());
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
  }

  @Test
  void hasNothingThatCameAfterItHadBegun() throws Exception {
    changes.add(() -> append(numbered(101, 150)));

    assertThat(backUp()).isEqualTo(new Reach(0, range(1, 100), 100));
  }

  @Test
  void hasNoHoleWhereTheOldestHaveExpiredMeanwhile() throws Exception {
    changes.add(() -> {}); // it has the first twenty by now
    changes.add(() -> store.commit(45, entries -> {}));

    assertThat(backUp()).isEqualTo(new Reach(45, range(46, 100), 100));
  }

  @Test
  void isEmptyWhereAllThatItWasToHaveHasExpired() throws Exception {
    changes.add(() -> append(numbered(101, 150)));
    changes.add(() -> store.commit(120, entries -> {}));

    assertThat(backUp()).isEqualTo(new Reach(100, List.of(), 100));
  }

  @Test
  void lacksWhatWasErasedBeforeItCameThere() throws Exception {
    changes.add(() -> store.erase("bob", 50, 100));

    assertThat(backUp()).isEqualTo(new Reach(0, range(1, 50), 100));
  }

  /** What a store has of its places. */
  private record Reach(long floor, List<Long> kept, long head) {}

  private Reach backUp() throws Exception {
    StoreBackups backups = new StoreBackups(database, clock, STRETCH, this::change);
    Backup backup = backups.make(new BackupSettings(Optional.of(temporary.resolve("backups")), 1));
    assertThat(changes).isEmpty();
    assertThat(backup.upTo().offset()).isEqualTo(100);
    Path restored = Files.createDirectory(temporary.resolve("restored"));
    Files.copy(backup.file(), restored.resolve("journal.db"));
    try (TestStore copy = TestStore.in(restored)) {
      Reach reach =
          new Reach(copy.store().extent().floor().offset(), kept(copy), copy.head().offset());
      assertThat(reach.kept()).hasSize((int) backup.activities());
      assertThat(copy.store().kept()).isEqualTo(backup.activities());
      return reach;
    }
  }

  private static List<Long> kept(TestStore copy) {
    JournalPage page = copy.reader().read(copy.store().extent().floor().offset(), 1_000);
    return offsets(page.entries());
  }

  private void change(long nanoseconds) {
    Change next = changes.poll();
    if (next != null) {
      try {
        next.make();
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
  }

  private void append(List<EncodedActivity> activities) throws SQLException {
    store.commit(
        store.extent().floor().offset(),
        entries -> {
          long offset = store.extent().head().offset();
          for (EncodedActivity activity : activities) {
            entries.add(
                new JournalEntry(store.extent().head().at(++offset), clock.instant(), activity));
          }
        });
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
