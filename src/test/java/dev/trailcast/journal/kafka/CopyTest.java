package dev.trailcast.journal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.BookmarkFiles;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.store.StoreKind;
import dev.trailcast.journal.writer.JournalSettings;
import dev.trailcast.journal.writer.Reach;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyTest {
  private static final StreamPosition FIRST = new StreamPosition("topic", 1);
  private static final LogRecord RECORD =
      new LogRecord(
          FIRST,
          0,
          Optional.of(EncodedActivity.of(Activity.of("alice", "test.done"))),
          OptionalLong.empty());

  @TempDir Path directory;

  private final InFlight inFlight = new InFlight(10, 1 << 20, System::nanoTime);
  private final Skipped skipped = new Skipped(inFlight);
  private final Reach reach = new Reach(page -> {});

  /** As a disk may: it has committed an entry, and says that it could not. */
  private static final class Doubtful extends Database {
    private boolean fails;

    Doubtful(Path directory) {
      super(directory, StoreKind.COPY);
    }

    @Override
    public Connection openForWriting() throws SQLException {
      Connection real = super.openForWriting();
      return (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                try {
                  Object result = method.invoke(real, arguments);
                  if (fails && method.getName().equals("commit") && hasEntry(real)) {
                    fails = false;
                    throw new SQLException("on purpose");
                  }
                  return result;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    private static boolean hasEntry(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT count(*) FROM entry")) {
        return row.getInt(1) > 0;
      }
    }
  }

  private Copy copy(Database database) {
    Retention aLot = new Retention(Duration.ofDays(1), 1_000_000, 1L << 30);
    return new Copy(
        new JournalSettings(directory, aLot, 10, 1 << 20),
        TestNode.WINDOW,
        database,
        reach,
        new BookmarkFiles(directory),
        Clock.systemUTC(),
        System::nanoTime);
  }

  @Test
  void tellsOfWhatAFailedCommitHasLeftOnceItIsOpenAgain() throws Exception {
    Doubtful database = new Doubtful(directory);
    Copy copy = copy(database);
    try {
      copy.begin(new Topic("topic", 0, 0));
      copy.serve();
      database.fails = true;
      assertThatExceptionOfType(SQLException.class)
          .isThrownBy(() -> copy.take(List.of(RECORD), 1, inFlight, skipped))
          .withMessage("on purpose");
      assertThat(head()).as("as far as is known").isEqualTo(FIRST.at(0));

      copy.shut(new JournalUnavailableException("on purpose", null));
      copy.open();
      assertThat(head()).isEqualTo(FIRST);
    } finally {
      copy.end();
    }
  }

  private StreamPosition head() {
    return reach.extent().map(Extent::head).orElseThrow();
  }
}
