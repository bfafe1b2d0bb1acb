package dev.trailcast.journal.store;

import static dev.trailcast.journal.TestEntries.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.StreamPosition;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpiryTest {
  static final Retention A_HUNDRED = new Retention(Duration.ofDays(1), 100, Long.MAX_VALUE);

  @TempDir Path directory;

  private final HandSetClock clock = new HandSetClock();

  @Test
  void takesNothingThatWasErasedForWhatItLetGo() throws Exception {
    Duration age = Duration.ofHours(1);
    try (TestStore journal = TestStore.in(directory, clock)) {
      journal.append(numbered(1, 1_200));
      EntryStore store = journal.store();
      Expiry expiry = new Expiry(new Retention(age, 1_000, Long.MAX_VALUE), clock);
      for (long after = 0; after < 700; ) {
        after = store.erase("alice", after, 700).upTo();
      }

      assertThat(expiry.newFloor(store)).isZero(); // 500 are kept, and none is too old
      clock.advance(age.plusMillis(1));
      assertThat(expiry.newFloor(store)).isEqualTo(1_200);
    }
  }

  @Test
  void letsNoMoreGoAtATimeThanACommitHasTimeFor() throws Exception {
    try (TestStore journal = TestStore.in(directory, clock)) {
      journal.append(numbered(1, 1_200));
      Expiry expiry = new Expiry(A_HUNDRED, clock);
      List<Long> floors = new ArrayList<>();
      do {
        long floor = expiry.newFloor(journal.store());
        floors.add(floor);
        journal.store().commit(floor, entries -> {});
      } while (expiry.isDue());

      assertThat(floors).containsExactly(500L, 1_000L, 1_100L, 1_100L);
      assertThat(StoreFile.query(directory, "SELECT min(offset) FROM entry")).isEqualTo(1_101);
    }
  }

  @Test
  void letsAsManyGoAtATimeWhereThereAreHoles() throws Exception {
    try (EntryStore store = EntryStore.open(new Database(directory))) {
      StreamPosition start = store.extent().head();
      store.commit(
          0,
          entries -> {
            for (int i = 1; i <= 1_200; i++) {
              entries.add(new JournalEntry(start.at(10 * i), clock.instant(), numbered(i)));
            }
          });
      Expiry expiry = new Expiry(A_HUNDRED, clock);

      assertThat(letGo(expiry, store)).isEqualTo(5_000);
      assertThat(letGo(expiry, store)).isEqualTo(10_000);
      assertThat(letGo(expiry, store)).isEqualTo(11_000);
      assertThat(letGo(expiry, store)).isEqualTo(11_000);
      assertThat(expiry.isDue()).isFalse();
      assertThat(store.kept()).isEqualTo(100);
    }
  }

  private static long letGo(Expiry expiry, EntryStore store) throws SQLException {
    long floor = expiry.newFloor(store);
    store.commit(floor, entries -> {});
    return floor;
  }
}
