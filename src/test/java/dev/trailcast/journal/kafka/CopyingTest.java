package dev.trailcast.journal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.Receipt.Outcome;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.EntryStore;
import dev.trailcast.journal.store.StoreKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyingTest {
  private static final String EPOCH = "topic";
  private static final EncodedActivity ACTIVITY =
      EncodedActivity.of(Activity.of("alice", "test.done"));

  @TempDir Path directory;

  private static LogRecord sent(int era, long offset, long sequence) {
    return new LogRecord(
        new StreamPosition(EPOCH, era, offset),
        0,
        Optional.of(ACTIVITY),
        OptionalLong.of(sequence));
  }

  @Test
  void tellsOfARepeatWhereTheFirstStandsThoughItHasJustComeInAnotherEra() throws Exception {
    Database database = new Database(directory, StoreKind.COPY);
    try (EntryStore store =
        EntryStore.beginCopy(database, 1_000, new StreamPosition(EPOCH, 0), 0)) {
      Copying copying =
          new Copying(List.of(sent(2, 1, 7), sent(2, 2, 8)), store.extent(), store.recorded(), 2);
      store.commit(0, copying);

      StreamPosition first = new StreamPosition(EPOCH, 2, 1);
      assertThat(copying.receipts())
          .isEqualTo(
              Map.of(
                  7L, new Receipt(first, Outcome.RECORDED),
                  8L, new Receipt(first, Outcome.DUPLICATE)));
    }
  }
}
