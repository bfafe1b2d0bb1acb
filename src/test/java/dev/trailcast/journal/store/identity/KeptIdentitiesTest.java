package dev.trailcast.journal.store.identity;

import static dev.trailcast.journal.TestEntries.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.EntryStore;
import dev.trailcast.journal.store.StoreFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store keeps, it keeps once: in whichever slice it is. */
class KeptIdentitiesTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  /** Two slices and a half. */
  private static final int MANY = 5 * KeptIdentities.SMALLEST_SLICE / 2;

  private static final int A_COMMIT = 1_000;

  @TempDir Path directory;

  private EntryStore store;

  @BeforeEach
  void open() throws SQLException, IOException {
    store = EntryStore.open(new Database(directory));
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
  }

  private void reopen() throws SQLException, IOException {
    close();
    open();
  }

  @Test
  void saysWhereEachIsAndWhichAreNew() throws SQLException, IOException {
    Random random = new Random(42);
    Map<Integer, Long> expected = new HashMap<>(); // offsets by numbers
    while (expected.size() < MANY) {
      store.commit(
          0,
          entries -> {
            for (int i = 0; i < A_COMMIT; i++) {
              int number = random.nextInt(2 * MANY);
              long next = expected.size() + 1;
              assertThat(offset(entries.add(entry(next, numbered(number)))))
                  .isEqualTo(expected.get(number));
              expected.putIfAbsent(number, next);
            }
          });
      if (random.nextInt(16) == 0) {
        reopen();
      }
    }
    assertThat(slices()).isEqualTo(2);
  }

  @Test
  void goesOnInAFileWithFiltersOfAnOlderVersion() throws SQLException, IOException {
    addAll(MANY);
    close();
    StoreFile.execute(
        directory,
        "UPDATE slice SET filter = zeroblob(8 * up_to)", // as none is: they know nothing
        "DROP TABLE chapter",
        "PRAGMA user_version = 5");
    open();

    assertThat(add(MANY + 1, 1)).hasValue(1L);
    assertThat(add(MANY + 1, KeptIdentities.SMALLEST_SLICE + 2_000))
        .hasValue(KeptIdentities.SMALLEST_SLICE + 2_000L);
    assertThat(slices()).isEqualTo(2);
    assertThat(StoreFile.query(directory, "SELECT count(DISTINCT length(filter)) FROM slice"))
        .isOne();
  }

  @Test
  void knowsNoMoreOfWhatHasGone() throws SQLException, IOException {
    addAll(MANY);
    int floor = MANY - 100;
    store.commit(floor, entries -> {});
    assertThat(slices()).isZero();
    assertThat(StoreFile.query(directory, "SELECT count(*) FROM run")).isZero();

    assertThat(add(MANY + 1, floor)).isEmpty(); // the last that has gone
    assertThat(add(MANY + 2, floor + 1)).hasValue(floor + 1L);
    reopen();
    assertThat(add(MANY + 2, floor)).hasValue(MANY + 1L);
  }

  @Test
  void letsOneComeAgainThatWasErased() throws SQLException, IOException {
    addAll(MANY);
    store.erase("alice", 1_000, 1_001); // in the file
    store.erase("alice", MANY - 1, MANY); // in memory

    assertThat(add(MANY + 1, 1_001)).isEmpty();
    assertThat(add(MANY + 2, MANY)).isEmpty();
    assertThat(add(MANY + 3, 1_001)).hasValue(MANY + 1L);
    assertThat(add(MANY + 3, MANY)).hasValue(MANY + 2L);
  }

  @Test
  void knowsNothingOfWhatWasNotCommitted() throws SQLException {
    add(1, 1);
    assertThatThrownBy(
            () ->
                store.commit(
                    0,
                    entries -> {
                      entries.add(entry(2, numbered(2)));
                      throw new SQLException("on purpose");
                    }))
        .hasMessage("on purpose");

    assertThat(add(2, 3)).isEmpty();
    assertThat(add(3, 2)).isEmpty();
    assertThat(add(4, 2)).hasValue(3L);
  }

  @Test
  void losesNothingWhereASliceCouldNotBeWritten() throws SQLException {
    addAll(KeptIdentities.SMALLEST_SLICE);
    StoreFile.execute(
        directory,
        "CREATE TRIGGER broken BEFORE INSERT ON slice BEGIN SELECT raise(ABORT, 'broken'); END");
    int next = KeptIdentities.SMALLEST_SLICE + 1;
    assertThatThrownBy(() -> add(next, next)).hasMessageContaining("broken");
    StoreFile.execute(directory, "DROP TRIGGER broken");

    assertThat(add(next, next)).isEmpty();
    assertThat(slices()).isOne();
    assertThat(add(next + 1, 1)).hasValue(1L);
    assertThat(add(next + 1, next)).hasValue((long) next);
  }

  @Test
  void writesNoSliceOfWhatWasNotCommitted() throws SQLException {
    addAll(KeptIdentities.SMALLEST_SLICE);
    int last = KeptIdentities.SMALLEST_SLICE;
    assertThatThrownBy(
            () ->
                store.commit(
                    0,
                    entries -> {
                      for (int i = last + 1; i <= 2 * last; i++) {
                        entries.add(entry(i, numbered(i)));
                      }
                      throw new SQLException("on purpose");
                    }))
        .hasMessage("on purpose");

    store.commit(0, entries -> {});
    assertThat(slices()).isOne();
    assertThat(add(last + 1, last + 1)).isEmpty();
  }

  @Test
  void tellsApartWhatHasTheSameIdFromAnotherSource() throws SQLException {
    EncodedActivity one = numbered(1);
    EncodedActivity other = EncodedActivity.of(one.activity().withSource("/elsewhere"));
    add(1, one);

    assertThat(add(2, other)).isEmpty();
    assertThat(add(3, one)).hasValue(1L);
    assertThat(add(3, other)).hasValue(2L);
  }

  @Test
  void goesOnWithAJournalThatHadAnIndex() throws SQLException, IOException {
    addAll(MANY);
    store.close();
    StoreFile.makeVersion2(directory);
    open();

    assertThat(StoreFile.query(directory, "SELECT count(*) FROM pragma_index_list('entry')"))
        .isZero();
    assertThat(slices()).isOne();
    for (int number : new int[] {1, KeptIdentities.SMALLEST_SLICE, MANY}) {
      assertThat(add(MANY + 1, number)).hasValue((long) number);
    }
    reopen();
    assertThat(add(MANY + 1, 1)).hasValue(1L);
    assertThat(add(MANY + 1, MANY + 1)).isEmpty();
  }

  /** The first so many, each where its number says. */
  private void addAll(int count) throws SQLException {
    for (int from = 1; from <= count; from += A_COMMIT) {
      int first = from;
      int last = Math.min(from + A_COMMIT - 1, count);
      store.commit(
          0,
          entries -> {
            for (int i = first; i <= last; i++) {
              entries.add(entry(i, numbered(i)));
            }
          });
    }
  }

  private Optional<Long> add(long offset, int number) throws SQLException {
    return add(offset, numbered(number));
  }

  /** Adds one in a transaction of its own. */
  private Optional<Long> add(long offset, EncodedActivity activity) throws SQLException {
    Long[] before = new Long[1];
    store.commit(
        store.extent().floor().offset(),
        entries -> before[0] = offset(entries.add(entry(offset, activity))));
    return Optional.ofNullable(before[0]);
  }

  private static Long offset(Optional<EntryStore.Kept> kept) {
    return kept.map(EntryStore.Kept::offset).orElse(null);
  }

  private JournalEntry entry(long offset, EncodedActivity activity) {
    return new JournalEntry(store.extent().head().at(offset), NOON, activity);
  }

  private long slices() {
    return StoreFile.query(directory, "SELECT count(*) FROM slice");
  }
}
