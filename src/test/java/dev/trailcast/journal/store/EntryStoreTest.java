package dev.trailcast.journal.store;

import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.TestEntries.offsets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalFigures;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.StreamPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryStoreTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir Path directory;

  private EntryStore store;
  private StreamPosition start;

  @BeforeEach
  void open() throws SQLException, IOException {
    store = EntryStore.open(new Database(directory));
    start = store.extent().head();
  }

  @AfterEach
  void close() throws SQLException {
    store.close();
  }

  @Test
  void keepsEntriesWhereTheyAreGivenTheirPlaces() throws SQLException {
    add(3, 1);
    add(1_000, 2);

    assertThat(store.extent()).isEqualTo(new Extent(start, start.at(1_000)));
    try (ReaderPool readers = new ReaderPool(new Database(directory))) {
      JournalPage page = new SqliteReader(readers, store::extent).read(0, 10);
      assertThat(offsets(page.entries())).containsExactly(3L, 1_000L);
      assertThat(page.upTo().offset()).isEqualTo(1_000);
    }
  }

  @Test
  void countsCommitsAndWhatTheyKeepAndLetGo() throws SQLException, IOException {
    store.close();
    Database database = new Database(directory);
    store = EntryStore.open(database);
    add(3, 1);
    add(7, 2);
    store.commit(3, entries -> {});

    JournalFigures figures = database.figures();
    assertThat(figures.commitSizes().snapshot().sum()).isEqualTo(2);
    assertThat(figures.commitTimes().snapshot().count()).isEqualTo(2);
    assertThat(figures.entries()).isEqualTo(1);
    assertThat(figures.expired()).isEqualTo(1);
    assertThat(figures.bytes()).isPositive();
    assertThat(figures.logBytes()).isPositive();
  }

  @Test
  void saysWhereItHasOneAlready() throws SQLException {
    add(3, 1);

    assertThat(add(7, 1)).isEqualTo(3);
    assertThat(store.extent().head().offset()).isEqualTo(3);
    assertThat(add(7, 2)).isEqualTo(7);
  }

  @Test
  void knowsNoMoreOfWhatItHasLetGo() throws SQLException {
    add(3, 1);
    add(5, 2);
    store.commit(3, entries -> assertThat(entries.add(entry(start.at(6), 1, NOON))).isEmpty());

    assertThat(store.extent()).isEqualTo(new Extent(start.at(3), start.at(6)));
  }

  @Test
  void goesOnFromWhatIsInTheFile() throws SQLException, IOException {
    add(3, 1);
    store.commit(3, entries -> {});
    reopen();

    assertThat(store.extent()).isEqualTo(new Extent(start.at(3), start.at(3)));
    assertThat(store.recorded()).isEqualTo(NOON);
  }

  @Test
  void knowsHowManyItKeepsWithoutCountingThemAll() throws SQLException, IOException {
    add(1, 1);
    add(2, 2);
    add(3, 3);
    store.commit(1, entries -> {}); // lets one go
    store.erase("nobody", 0, 3);
    add(4, 4);
    assertThat(store.kept()).isEqualTo(3);

    StoreFile.execute(directory, "UPDATE journal SET kept = kept + 100"); // as if there were more
    reopen();
    assertThat(store.kept()).isEqualTo(103);
  }

  @Test
  void countsNoMoreThanHaveComeSinceItLastSaidHowMany() throws SQLException, IOException {
    List<JournalEntry> many = new ArrayList<>();
    for (int i = 1; i <= 5_000; i++) {
      many.add(entry(start.at(i), i, NOON));
    }
    store.commit(
        0,
        entries -> {
          for (JournalEntry each : many) {
            entries.add(each);
          }
        });
    add(5_001, 5_001);

    assertThat(StoreFile.query(directory, "SELECT kept FROM journal")).isEqualTo(5_000);
    store.erase("alice", 4_000, 4_010);
    assertThat(StoreFile.query(directory, "SELECT kept FROM journal")).isEqualTo(4_991);
    reopen();
    assertThat(store.kept()).isEqualTo(4_991);
  }

  @Test
  void countsOnceWhatAnOlderVersionHasNotCounted() throws SQLException, IOException {
    add(3, 1);
    add(7, 2);
    store.close();
    StoreFile.makeVersion1(directory);

    store = EntryStore.open(new Database(directory));
    assertThat(store.kept()).isEqualTo(2);
    store.commit(3, entries -> {});
    reopen();
    assertThat(store.kept()).isOne();
    assertThat(StoreFile.query(directory, "SELECT kept FROM journal")).isOne();
  }

  private void reopen() throws SQLException, IOException {
    store.close();
    store = EntryStore.open(new Database(directory));
  }

  @Test
  void refusesAPlaceThatIsNotBehindTheOthers() throws SQLException {
    add(3, 1);
    StreamPosition elsewhere = new StreamPosition("elsewhere", 4);

    assertThatIllegalArgumentException().isThrownBy(() -> add(3, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.commit(0, entries -> entries.add(entry(elsewhere, 2, NOON))));
  }

  @Test
  void changesNothingWhereSomethingFails() throws SQLException {
    add(3, 1);

    assertThatThrownBy(
            () ->
                store.commit(
                    3,
                    entries -> {
                      entries.add(entry(start.at(4), 2, NOON.plusSeconds(1)));
                      throw new SQLException("on purpose");
                    }))
        .hasMessage("on purpose");
    assertThat(store.extent()).isEqualTo(new Extent(start, start.at(3)));
    assertThat(store.recorded()).isEqualTo(NOON);
    assertThat(StoreFile.query(directory, "SELECT sum(offset) FROM entry")).isEqualTo(3);
  }

  /** Adds one in a transaction of its own. */
  private long add(long offset, int number) throws SQLException {
    long[] kept = new long[1];
    store.commit(
        store.extent().floor().offset(),
        entries ->
            kept[0] =
                entries
                    .add(entry(start.at(offset), number, NOON))
                    .map(EntryStore.Kept::offset)
                    .orElse(offset));
    return kept[0];
  }

  private static JournalEntry entry(StreamPosition position, int number, Instant recorded) {
    return new JournalEntry(position, recorded, numbered(number));
  }
}
