package dev.trailcast.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.EntryStore.Entries;
import dev.trailcast.journal.store.EntryStore.Kept;
import dev.trailcast.journal.store.TestLog.Record;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Several copies of one log at random: of other lengths, begun elsewhere, opened again, failing now
 * and then, and with erasures.
 */
class CopyModelTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final int RECORDS = 1_500;
  private static final int COPIES = 3;

  @TempDir Path directory;

  private Random random;
  private long window;
  private TestLog log;

  @ParameterizedTest
  @CsvSource({"1,1", "2,7", "3,64", "4,64", "5,100", "6,500", "7,500", "8,5000"})
  void allDecideAlikeAboutWhatIsBehindTheirFloors(int seed, long windowOfAll) throws Exception {
    random = new Random(seed);
    window = windowOfAll;
    log = new TestLog(random, window, RECORDS);

    new Copy(0).takeAll();
    for (int i = 1; i < COPIES; i++) {
      new Copy(log.records().get(random.nextInt(RECORDS / 2)).offset()).takeAll();
    }
  }

  /** A copy, and what should be in it. */
  private final class Copy {
    private final Database database = new Database(directory, StoreKind.COPY);
    private final long floor; // where it began to keep anything
    private final Map<Long, Long> repeats; // for all that know the whole log
    private final Map<Long, Long> seenRepeats; // for all that know it from where this one began
    private final TreeMap<Long, Record> kept = new TreeMap<>();
    private EntryStore store;
    private int taken; // of the records

    Copy(long after) throws SQLException, IOException {
      floor = after == 0 ? 0 : after + window;
      repeats = log.repeats(0);
      seenRepeats = log.repeats(after);
      store =
          EntryStore.beginCopy(database, window, new StreamPosition(TestLog.EPOCH, after), floor);
      while (log.records().get(taken).offset() <= after) {
        taken++;
      }
    }

    void takeAll() throws SQLException, IOException {
      while (taken < RECORDS) {
        take(log.records().subList(taken, Math.min(RECORDS, taken + 1 + random.nextInt(60))));
        if (random.nextInt(10) == 0) {
          store.close();
          store = EntryStore.openCopy(database, window).orElseThrow();
        }
      }
      assertHolds();
      store.close();
    }

    private void take(List<Record> records) throws SQLException {
      long newFloor = store.extent().floor().offset();
      if (random.nextInt(4) == 0) {
        newFloor += random.nextLong(store.extent().head().offset() - newFloor + 1);
      }
      long to = newFloor;
      if (random.nextInt(10) == 0) {
        assertThatThrownBy(
                () ->
                    store.commit(
                        to,
                        entries -> {
                          for (Record record : records) {
                            take(record, entries);
                          }
                          throw new SQLException("on purpose");
                        }))
            .hasMessage("on purpose");
      }
      kept.headMap(to, true).clear();
      store.commit(
          to,
          entries -> {
            for (Record record : records) {
              check(record, take(record, entries));
            }
            entries.moveTo(records.get(records.size() - 1).offset());
          });
      taken += records.size();
      assertThat(store.copied()).isEqualTo(records.get(records.size() - 1).place());
      applyErasures();
    }

    private Optional<Kept> take(Record record, Entries entries) throws SQLException {
      if (record.activity().isEmpty()) {
        entries.skip(record.place());
      } else if (record.offset() <= floor) {
        entries.remember(record.activity().get().activity(), record.place());
      } else {
        return entries.add(new JournalEntry(record.place(), NOON, record.activity().get()));
      }
      return Optional.empty();
    }

    private void check(Record record, Optional<Kept> found) {
      if (record.activity().isEmpty() || record.offset() <= floor) {
        return;
      }
      assertThat(found.isPresent())
          .as("%s is a repeat", record)
          .isEqualTo(repeats.containsKey(record.offset()));
      if (found.isPresent()) {
        long first = seenRepeats.get(record.offset());
        Optional<Record> firstKept = Optional.ofNullable(kept.get(first));
        assertThat(found)
            .contains(
                new Kept(first, firstKept.map(each -> each.activity().orElseThrow().activity())));
      } else {
        kept.put(record.offset(), record);
      }
    }

    private void applyErasures() throws SQLException {
      for (JournalEntry entry : store.unapplied()) {
        Erasure erasure = Erasure.in(entry.activity()).orElseThrow();
        long upTo = erasure.upTo().offset();
        for (long after = 0; after < upTo; ) {
          after = store.erase(name -> erasure.concerns(name, erasure.upTo()), after, upTo).upTo();
        }
        store.applied(entry.offset());
        kept.values()
            .removeIf(
                record ->
                    erasure.concerns(record.activity().orElseThrow().activity(), record.place()));
      }
    }

    private void assertHolds() {
      assertThat(store.kept()).isEqualTo(kept.size());
      List<JournalEntry> all = new ArrayList<>();
      try (ReaderPool readers = new ReaderPool(database)) {
        SqliteReader reader = new SqliteReader(readers, store::extent);
        long after = store.extent().floor().offset();
        while (after < store.extent().head().offset()) {
          JournalPage page = reader.read(after, 1_000);
          all.addAll(page.entries());
          after = page.upTo().offset();
        }
      }
      assertThat(all)
          .extracting(JournalEntry::position)
          .containsExactlyElementsOf(kept.values().stream().map(Record::place).toList());
    }
  }
}
