package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.TestEntries.ids;
import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static dev.trailcast.journal.embedded.JournalSetup.receipts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.store.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An Error ends what is under way, and neither the thread nor the journal. */
class ErrorsTest {
  @TempDir Path directory;

  private final AtomicInteger errors = new AtomicInteger();

  @Test
  void recordsAgainAfterAnErrorWhileItRecorded() {
    try (EmbeddedJournal journal =
        JournalSetup.in(directory).with(failingClock(), System::nanoTime).open()) {
      append(journal, numbered(1));
      errors.set(1);
      assertRefusedByError(journal, 2);

      Await.until(() -> journal.status().isReady());
      append(journal, numbered(3));
      assertThat(ids(all(journal))).containsExactly("a1", "a3");
    }
  }

  @Test
  void recordsAgainAfterAnErrorWhileItGaveUp() {
    Logger logger = Logger.getLogger(JournalWriter.class.getName());
    FailingLog log = new FailingLog();
    logger.addHandler(log);
    try (EmbeddedJournal journal =
        JournalSetup.in(directory).with(failingClock(), System::nanoTime).open()) {
      log.errors.set(1);
      errors.set(1);
      assertRefusedByError(journal, 1);

      Await.until(() -> journal.status().isReady());
      append(journal, numbered(2));
      assertThat(log.errors).hasValueLessThan(1);
    } finally {
      logger.removeHandler(log);
    }
  }

  @Test
  void opensAfterAnErrorWhileItWasOpened() {
    errors.set(1);
    Database database =
        new Database(directory) {
          @Override
          public Connection openForWriting() throws SQLException {
            throwIfAsked(errors);
            return super.openForWriting();
          }
        };
    try (EmbeddedJournal journal = JournalSetup.in(directory).with(database).open()) {
      assertThat(journal.status().problem()).contains("on purpose");

      Await.until(() -> journal.status().isReady());
      append(journal, numbered(1));
    }
  }

  private static void assertRefusedByError(EmbeddedJournal journal, int number) {
    assertThatThrownBy(() -> receipts(journal.append(numbered(number, number))))
        .hasCauseInstanceOf(JournalUnavailableException.class)
        .hasRootCauseInstanceOf(NoClassDefFoundError.class);
  }

  private static void throwIfAsked(AtomicInteger errors) {
    if (errors.getAndDecrement() > 0) {
      throw new NoClassDefFoundError("on purpose");
    }
  }

  private Clock failingClock() {
    Clock clock = new HandSetClock();
    return new Clock() {
      @Override
      public Instant instant() {
        throwIfAsked(errors);
        return clock.instant();
      }

      @Override
      public ZoneId getZone() {
        return clock.getZone();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private static final class FailingLog extends Handler {
    final AtomicInteger errors = new AtomicInteger();

    @Override
    public void publish(LogRecord record) {
      throwIfAsked(errors);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
