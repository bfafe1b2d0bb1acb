package dev.trailcast.journal.store;

import static dev.trailcast.journal.TestEntries.ids;
import static dev.trailcast.journal.TestEntries.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.Lineage;
import dev.trailcast.journal.Lineage.Era;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.EntryStore.Filling;
import dev.trailcast.journal.store.EntryStore.Kept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is the copy of a log. */
class CopyTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final String EPOCH = "log";
  private static final long WINDOW = 100;
  private static final long FLOOR = 1_000; // far from the window

  @TempDir Path directory;

  private Database database;
  private EntryStore copy;

  @BeforeEach
  void begin() throws SQLException, IOException {
    database = new Database(directory, StoreKind.COPY);
    copy = EntryStore.beginCopy(database, WINDOW, place(0, 0), 0);
  }

  @AfterEach
  void close() throws SQLException {
    copy.close();
  }

  private void reopen() throws SQLException, IOException {
    close();
    copy = open().orElseThrow();
  }

  private Optional<EntryStore> open() throws SQLException, IOException {
    return EntryStore.openCopy(new Database(directory, StoreKind.COPY), WINDOW);
  }

  @Test
  void isNotThereBeforeItWasBegun(@TempDir Path other) throws SQLException, IOException {
    Database empty = new Database(other, StoreKind.COPY);
    assertThat(EntryStore.openCopy(empty, WINDOW)).isEmpty();
    EntryStore.beginCopy(empty, WINDOW, place(0, 7), 7).close();

    try (EntryStore begun = EntryStore.openCopy(empty, WINDOW).orElseThrow()) {
      assertThat(begun.copied()).isEqualTo(place(0, 7));
    }
  }

  @Test
  void leavesTheOriginalInTheSameDirectoryAlone() throws Exception {
    try (TestStore original = TestStore.in(directory)) {
      original.append(numbered(1));
      add(5, 1);
      EntryStore.beginCopy(database, WINDOW, place(0, 0), 0).close();

      assertThat(ids(original.reader().read(0, 10).entries())).containsExactly("a1");
    }
    copy = open().orElseThrow();
  }

  @Test
  void goesOnWhereItHadComeToWhateverWasThere() throws SQLException, IOException {
    add(3, 1);
    reopen();
    assertThat(copy.copied()).isEqualTo(place(0, 3));
    add(5, 1); // a repeat
    reopen();
    assertThat(copy.copied()).isEqualTo(place(0, 5));
    commit(entries -> entries.skip(place(0, 8)));
    reopen();
    assertThat(copy.copied()).isEqualTo(place(0, 8));
    commit(entries -> entries.moveTo(11));
    reopen();
    assertThat(copy.copied()).isEqualTo(place(0, 11));
    add(12, 2);
    reopen();

    assertThat(copy.extent().head()).isEqualTo(place(0, 12));
    assertThat(copy.extent().floor()).isEqualTo(place(0, 0));
    assertThat(copy.kept()).isEqualTo(2);
    assertThat(copy.recorded()).isEqualTo(NOON);
  }

  @Test
  void takesForARepeatWhatHasComeWithinTheWindow() throws SQLException, IOException {
    add(1, 1);
    reopen();

    assertThat(add(WINDOW, 1)).isEqualTo(1);
    add(WINDOW + 1, 2);
    assertThat(add(2 * WINDOW + 1, 2)).isEqualTo(2 * WINDOW + 1); // just out of it
  }

  @Test
  void takesForARepeatWhatHasComeAgainWithinTheWindow() throws SQLException, IOException {
    add(1, 1);
    add(80, 1);
    reopen();

    assertThat(add(160, 1)).isEqualTo(1); // is not out of it: it has come at 80
    assertThat(add(240, 1)).isEqualTo(1);
    assertThat(add(340, 1)).isEqualTo(340);
    assertThat(add(341, 1)).isEqualTo(340);
  }

  @Test
  void comparesEachRepeatWithTheOneThatWasNew() throws SQLException, IOException {
    EncodedActivity first = numbered(1);
    EncodedActivity other = EncodedActivity.of(first.activity().withData("other"));
    add(1, first);
    assertThat(add(2, other).orElseThrow().activity()).contains(first.activity());
    reopen();

    Kept kept = add(3, other).orElseThrow();
    assertThat(kept).isEqualTo(new Kept(1, Optional.of(first.activity())));
    assertThat(copy.kept()).isOne();
  }

  @Test
  void knowsForAWindowWhatItHasLetGo() throws SQLException, IOException {
    add(1, 1);
    add(2, 2);
    copy.commit(2, entries -> {});
    reopen();

    assertThat(add(3, numbered(1))).contains(new Kept(1, Optional.empty()));
    assertThat(add(WINDOW + 2, 2)).isEqualTo(WINDOW + 2);
    assertThat(copy.extent().floor().offset()).isEqualTo(2);
  }

  @Test
  void knowsForAWindowWhatWasErased() throws SQLException, IOException {
    add(1, 1);
    copy.erase("alice", 0, 1);
    reopen();

    assertThat(add(2, numbered(1))).contains(new Kept(1, Optional.empty()));
  }

  @Test
  void onlyRemembersWhatIsBeforeItsFloor() throws SQLException, IOException {
    close();
    copy = EntryStore.beginCopy(database, WINDOW, place(0, FLOOR - WINDOW), FLOOR);
    long before = FLOOR - 10;
    commit(
        entries -> {
          entries.remember(numbered(1).activity(), place(0, before - 1));
          entries.remember(numbered(1).activity(), place(0, before)); // whether it is new or not
        });
    reopen();

    assertThat(copy.extent().floor()).isEqualTo(place(0, FLOOR));
    assertThat(copy.extent().head()).isEqualTo(place(0, FLOOR));
    assertThat(copy.copied()).isEqualTo(place(0, before));
    assertThat(add(FLOOR + 1, 2)).isEqualTo(FLOOR + 1);
    assertThat(add(FLOOR + 2, numbered(1))).contains(new Kept(before - 1, Optional.empty()));
    assertThat(copy.extent().head().offset()).isEqualTo(FLOOR + 2);
    assertThat(copy.kept()).isOne();
  }

  @Test
  void letsNothingGoWhileItHasNotComeToItsFloor() throws SQLException, IOException {
    close();
    copy = EntryStore.beginCopy(database, WINDOW, place(0, FLOOR - WINDOW), FLOOR);
    Expiry expiry = new Expiry(ExpiryTest.A_HUNDRED, new HandSetClock());

    assertThat(expiry.newFloor(copy)).isEqualTo(FLOOR);
    assertThat(expiry.isDue()).isFalse();
  }

  @Test
  void refusesAPlaceThatIsNotBehindTheOthers() throws SQLException, IOException {
    close();
    copy = EntryStore.beginCopy(database, WINDOW, place(0, FLOOR - WINDOW), FLOOR);
    Activity activity = numbered(1).activity();

    assertThatIllegalArgumentException().isThrownBy(() -> add(FLOOR, 1)); // is not to be kept
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commit(entries -> entries.remember(activity, place(0, FLOOR + 1))));
    add(FLOOR + 1, 1);
    assertThatIllegalArgumentException().isThrownBy(() -> add(FLOOR + 1, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commit(entries -> entries.skip(place(0, FLOOR + 1))));
    assertThatIllegalArgumentException().isThrownBy(() -> commit(entries -> entries.moveTo(FLOOR)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commit(entries -> entries.skip(new StreamPosition("other", FLOOR + 5))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntryStore.beginCopy(database, WINDOW, place(0, 2), 1));
  }

  @Test
  void changesNothingWhereSomethingFails() throws SQLException, IOException {
    add(1, 1);
    assertThatThrownBy(
            () ->
                commit(
                    entries -> {
                      entries.add(entry(place(3, 2), numbered(1)));
                      entries.add(entry(place(3, 3), numbered(2)));
                      throw new SQLException("on purpose");
                    }))
        .hasMessage("on purpose");

    assertThat(copy.copied()).isEqualTo(place(0, 1));
    assertThat(copy.extent().lineage()).isEqualTo(lineage(new Era(0, 0)));
    assertThat(add(3, 2)).isEqualTo(3);
    assertThat(add(WINDOW + 1, 1)).isEqualTo(WINDOW + 1); // it has not come again
  }

  @Test
  void knowsItsErasAndForgetsThoseThatItHasNothingOf() throws SQLException, IOException {
    commit(
        entries -> {
          entries.add(entry(place(0, 1), numbered(1)));
          entries.add(entry(place(2, 5), numbered(2)));
          entries.add(entry(place(2, 6), numbered(2))); // a repeat
          entries.skip(place(3, 9));
          entries.moveTo(12);
        });
    Lineage all = lineage(new Era(0, 0), new Era(2, 4), new Era(3, 8));
    assertThat(copy.extent().lineage()).isEqualTo(all);
    assertThat(copy.copied()).isEqualTo(place(3, 12));
    reopen();
    assertThat(copy.extent().lineage()).isEqualTo(all);
    copy.commit(3, entries -> {});
    assertThat(copy.extent().lineage()).isEqualTo(all); // 4 is of era 0

    copy.commit(8, entries -> {});
    reopen();
    assertThat(copy.extent().lineage()).isEqualTo(lineage(new Era(3, 8)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> commit(entries -> entries.skip(place(2, 13))));
  }

  @Test
  void isReadWithItsHolesAndEras() throws Exception {
    commit(
        entries -> {
          entries.add(entry(place(0, 3), numbered(1)));
          entries.add(entry(place(4, 7), numbered(2)));
          entries.moveTo(9);
        });
    try (ReaderPool readers = new ReaderPool(database)) {
      assertThat(new SqliteReader(readers, copy::extent).read(0, 10).entries())
          .extracting(JournalEntry::position)
          .containsExactly(place(0, 3), place(4, 7));
    }
  }

  @Test
  void beginsAnewWithNothingOfWhatItWas() throws Exception {
    add(1, 1);
    add(2, 1);
    add(3, erasure("alice", 2));
    try (ReaderPool readers = new ReaderPool(database)) {
      SqliteReader reader = new SqliteReader(readers, () -> copy.extent());
      assertThat(ids(reader.read(0, 10).entries())).hasSize(2);
      close();
      StreamPosition start = new StreamPosition("another", 0);
      copy = EntryStore.beginCopy(database, WINDOW, start, 0);

      assertThat(copy.extent()).isEqualTo(new Extent(start, start));
      assertThat(copy.kept()).isZero();
      assertThat(copy.unapplied()).isEmpty();
      commit(entries -> entries.add(entry(start.at(4), numbered(1))));
      assertThat(copy.kept()).isOne();
      assertThat(ids(reader.read(0, 10).entries())).containsExactly("a1");
    }
  }

  @Test
  void isToBeBegunAnewWhereAnotherWindowHasDecided() throws SQLException, IOException {
    close();
    assertThat(EntryStore.openCopy(database, WINDOW + 1)).isEmpty();

    copy = open().orElseThrow();
  }

  @Test
  void isToBeBegunAnewWhereAnotherVersionMadeIt() throws SQLException, IOException {
    close();
    StoreFile.execute(directory, StoreKind.COPY, "PRAGMA user_version = 99", "DROP TABLE recent");
    assertThat(open()).isEmpty();

    copy = EntryStore.beginCopy(database, WINDOW, place(0, 0), 0);
    add(1, 1);
  }

  @Test
  void isToBeBegunAnewWhereItWasLeftHalfBegun() throws SQLException, IOException {
    close();
    StoreFile.execute(directory, StoreKind.COPY, "DELETE FROM journal");
    assertThat(open()).isEmpty();

    copy = EntryStore.beginCopy(database, WINDOW, place(0, 0), 0);
  }

  @Test
  void isToBeBegunAnewWhereOnlyItsLogIsLeft() throws SQLException, IOException {
    add(1, 1);
    Path log = directory.resolve("copy.db-wal");
    byte[] left = Files.readAllBytes(log);
    assertThat(left).isNotEmpty();
    close();
    Files.delete(directory.resolve("copy.db"));
    Files.write(log, left);
    assertThat(open()).isEmpty();

    copy = EntryStore.beginCopy(database, WINDOW, place(0, 0), 0);
    assertThat(copy.kept()).isZero();
    add(1, 1);
  }

  @Test
  void isNotTakenForAnOriginal() throws Exception {
    close();
    Files.copy(directory.resolve("copy.db"), directory.resolve("journal.db"));

    assertThatThrownBy(() -> EntryStore.open(new Database(directory)))
        .hasMessageContaining("another application");
    copy = open().orElseThrow();
  }

  @Test
  void saysThatItIsBrokenAndBeginsAnew() throws Exception {
    close();
    Files.writeString(directory.resolve("copy.db"), "no database at all, ".repeat(1_000));
    Throwable problem = catchThrowable(this::open);
    assertThat(SqliteFault.isBroken(problem)).isTrue();

    copy = EntryStore.beginCopy(database, WINDOW, place(0, 0), 0);
    add(1, 1);
  }

  @Test
  void noticesThatItWasRemovedAndBeginsAnew() throws Exception {
    add(1, 1);
    Files.delete(directory.resolve("copy.db"));
    assertThatThrownBy(copy::secure).hasMessageContaining("removed");
    close();

    assertThat(EntryStore.openCopy(database, WINDOW)).isEmpty();
    copy = EntryStore.beginCopy(database, WINDOW, place(0, 0), 0);
    add(1, 1);
    copy.secure();
  }

  @Test
  void keepsErasuresInMindUntilTheyAreDone() throws SQLException, IOException {
    add(1, 1);
    EncodedActivity first = erasure("alice", 1);
    add(2, first);
    add(3, erasure("bob", 1));
    copy.commit(3, entries -> {}); // lets them go
    reopen();
    assertThat(copy.unapplied())
        .extracting(JournalEntry::position)
        .containsExactly(place(0, 2), place(0, 3));
    assertThat(copy.unapplied().get(0).activity()).isEqualTo(first.activity());

    copy.applied(2);
    reopen();
    assertThat(copy.unapplied()).extracting(JournalEntry::offset).containsExactly(3L);
  }

  @Test
  void erasesWhatADigestStandsFor() throws SQLException {
    long last = 6_000;
    commit(
        entries -> {
          for (int i = 1; i <= last; i++) {
            Activity done = Activity.of(i % 3 == 0 ? "alice" : "u" + i, "done");
            entries.add(entry(place(0, i), EncodedActivity.of(done)));
          }
          entries.add(entry(place(0, last + 1), EncodedActivity.of(Activity.of(null, "done"))));
        });
    StreamPosition upTo = place(0, last - 1);
    Erasure erasure = Erasure.of("alice", upTo);
    long count = 0;
    for (long after = 0; after < upTo.offset(); ) {
      EntryStore.Erasing part =
          copy.erase(actor -> erasure.concerns(actor, upTo), after, upTo.offset());
      count += part.count();
      after = part.upTo();
    }

    assertThat(count).isEqualTo(1_999);
    assertThat(copy.kept()).isEqualTo(last + 1 - count);
    assertThat(query("SELECT offset FROM entry WHERE actor = 'alice'")).isEqualTo(last);
  }

  @Test
  void keepsNoMoreOfIdentitiesThanItNeeds() throws SQLException, IOException {
    for (int from = 1; from < 50 * WINDOW; from += 10) {
      int first = from;
      commit(
          entries -> {
            for (int i = first; i < first + 10; i++) {
              entries.add(entry(place(0, i), numbered(i % 2 == 0 ? i - 1 : i))); // half are repeats
            }
          });
    }

    assertThat(query("SELECT count(*) FROM slice")).isBetween(1L, 5L);
    assertThat(query("SELECT sum(length(pairs)) FROM run")).isLessThan(5 * WINDOW * 16);
    assertThat(query("SELECT sum(length(pairs)) FROM recent")).isLessThan(2 * WINDOW * 16);
    assertThat(query("SELECT count(*) FROM repeat")).isLessThan(3 * WINDOW);
  }

  private long query(String sql) {
    return StoreFile.query(directory, StoreKind.COPY, sql);
  }

  /** Adds one in a transaction of its own; says where it was new. */
  private long add(long offset, int number) throws SQLException {
    return add(offset, numbered(number)).map(Kept::offset).orElse(offset);
  }

  private Optional<Kept> add(long offset, EncodedActivity activity) throws SQLException {
    List<Optional<Kept>> found = new ArrayList<>();
    commit(entries -> found.add(entries.add(entry(place(0, offset), activity))));
    return found.get(0);
  }

  private void commit(Filling filling) throws SQLException {
    copy.commit(copy.extent().floor().offset(), filling);
  }

  private static EncodedActivity erasure(String actor, long upTo) {
    return EncodedActivity.of(Erasure.of(actor, place(0, upTo)).toActivity());
  }

  private static JournalEntry entry(StreamPosition place, EncodedActivity activity) {
    return new JournalEntry(place, NOON, activity);
  }

  private static StreamPosition place(int era, long offset) {
    return new StreamPosition(EPOCH, era, offset);
  }

  private static Lineage lineage(Era... eras) {
    return new Lineage(List.of(eras));
  }
}
