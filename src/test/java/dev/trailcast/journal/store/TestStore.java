package dev.trailcast.journal.store;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.StreamPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** A store in which each entry has the place next to the one before, and who reads from it. */
final class TestStore implements AutoCloseable {
  private final EntryStore store;
  private final ReaderPool readers;
  private final JournalReader reader;
  private final Clock clock;

  private TestStore(Path directory, Clock clock) throws SQLException, IOException {
    Database database = new Database(directory);
    this.store = EntryStore.open(database);
    this.readers = new ReaderPool(database);
    this.reader = new SqliteReader(readers, store::extent);
    this.clock = clock;
  }

  static TestStore in(Path directory) {
    return in(directory, new HandSetClock());
  }

  static TestStore in(Path directory, Clock clock) {
    try {
      return new TestStore(directory, clock);
    } catch (SQLException | IOException e) {
      throw new AssertionError(e);
    }
  }

  void append(EncodedActivity activity) {
    append(List.of(activity));
  }

  void append(List<EncodedActivity> activities) {
    try {
      store.commit(
          store.extent().floor().offset(),
          entries -> {
            long offset = head().offset();
            for (EncodedActivity activity : activities) {
              entries.add(new JournalEntry(head().at(++offset), clock.instant(), activity));
            }
          });
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  StreamPosition head() {
    return store.extent().head();
  }

  EntryStore store() {
    return store;
  }

  JournalReader reader() {
    return reader;
  }

  @Override
  public void close() {
    readers.close();
    try {
      store.close();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
