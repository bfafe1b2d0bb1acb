package dev.trailcast.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.store.TestLog.Record;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyKilledTest {
  private static final int KILLS = 5;
  private static final int LONGEST_RUN = 100;

  @TempDir Path directory;

  private final Random random = new Random(42);

  @Test
  void isWholeAndGoesOnAsIfNothingHadBeenAfterItsProcessWasKilled() throws Exception {
    long said = 0;
    for (int run = 0; run < KILLS; run++) {
      try (ChildCopy child = ChildCopy.start(directory)) {
        child.let(2 * LONGEST_RUN); // so it is busy when it is killed
        child.await(1 + random.nextInt(LONGEST_RUN));
        said = child.kill();
      }
    }

    TestLog log = ChildCopy.log();
    Map<Long, Long> repeats = log.repeats(0);
    Database database = new Database(directory, StoreKind.COPY);
    try (EntryStore copy = EntryStore.openCopy(database, ChildCopy.WINDOW).orElseThrow()) {
      assertThat(copy.copied().offset()).isGreaterThanOrEqualTo(said);
      List<Record> next = after(log, copy.copied().offset()).subList(0, (int) ChildCopy.WINDOW);
      assertThat(places(copy, database)).isEqualTo(newOnes(log, repeats, copy.copied().offset()));

      copy.commit(
          0,
          entries -> {
            for (Record record : next) {
              ChildCopy.take(record, entries);
            }
          });
      assertThat(places(copy, database)).isEqualTo(newOnes(log, repeats, copy.copied().offset()));
    }
  }

  private static List<Record> after(TestLog log, long offset) {
    return log.records().stream().filter(record -> record.offset() > offset).toList();
  }

  private static List<String> newOnes(TestLog log, Map<Long, Long> repeats, long upTo) {
    return log.records().stream()
        .filter(record -> record.offset() <= upTo)
        .filter(record -> record.activity().isPresent() && !repeats.containsKey(record.offset()))
        .map(record -> record.place().toString())
        .toList();
  }

  private static List<String> places(EntryStore copy, Database database) {
    List<String> places = new ArrayList<>();
    try (ReaderPool readers = new ReaderPool(database)) {
      SqliteReader reader = new SqliteReader(readers, copy::extent);
      long after = 0;
      while (after < copy.extent().head().offset()) {
        JournalPage page = reader.read(after, 1_000);
        for (JournalEntry entry : page.entries()) {
          places.add(entry.position().toString());
        }
        after = page.upTo().offset();
      }
    }
    return places;
  }
}
