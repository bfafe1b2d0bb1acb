package dev.trailcast.ingest.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.ingest.Intake;
import dev.trailcast.ingest.TestSettings;
import dev.trailcast.ingest.outbox.ChildShop.JournalState;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.embedded.EmbeddedJournal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop is killed again and again, at any moment, with its journal well, stalled or full. By
 * default a few times; {@code -Doutbox.kills=1000 -Doutbox.database=jdbc:postgresql:…} for more.
 */
class OutboxKilledTest {
  private static final int KILLS = Integer.getInteger("outbox.kills", 6);

  /** How long a shop lives once it has sold something. */
  private static final int MOST_MICROS = 500_000;

  /** Half of the time the journal is not well. */
  private static final List<JournalState> STATES =
      List.of(JournalState.WELL, JournalState.STALLED, JournalState.WELL, JournalState.FULL);

  @TempDir Path directory;

  @Test
  void hasEveryActivityOfWhatIsCommittedRecordedOnceAndNoneOfWhatIsRolledBack() throws Exception {
    try (DatabaseServer server = new DatabaseServer()) {
      killAgainAndAgain(System.getProperty("outbox.database", server.url()));
    }
  }

  private void killAgainAndAgain(String url) throws Exception {
    try (BusinessDatabase database = new BusinessDatabase(url)) {
      database.execute("DROP TABLE IF EXISTS orders");
      database.execute("DROP TABLE IF EXISTS trailcast_outbox");
      database.execute("CREATE TABLE orders (number INTEGER PRIMARY KEY, told INTEGER NOT NULL)");
    }
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < KILLS; run++) {
      JournalState state = STATES.get(run % STATES.size());
      ChildShop shop = ChildShop.start(url, directory.resolve("journal"), run, state);
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(MOST_MICROS)));
      shop.kill();
    }

    try (BusinessDatabase database = new BusinessDatabase(url);
        EmbeddedJournal journal =
            ChildShop.journal(directory.resolve("journal"), JournalState.WELL)) {
      journal.start();
      List<String> expected =
          database.query("SELECT number || '-' || told FROM orders ORDER BY number");
      int left = database.waiting();
      relayTheRest(database, journal);

      List<String> recorded = recorded(journal.reader());
      System.out.printf(
          "%d kills, seed %d: %d orders were committed, %d activities recorded, %d of them by the"
              + " last start%n",
          KILLS, seed, expected.size(), recorded.size(), left);
      assertThat(recorded).doesNotHaveDuplicates();
      assertThat(recorded).containsExactlyInAnyOrderElementsOf(ids(expected));
      assertThat(outOfOrder(recorded)).isEmpty();
      assertThat(expected.size()).isGreaterThan(KILLS);
    }
  }

  private static void relayTheRest(BusinessDatabase database, EmbeddedJournal journal)
      throws Exception {
    Intake intake = new Intake(journal, TestSettings.with(65_000, Duration.ofSeconds(10)));
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
    Relay relay = new Outbox(ChildShop.settings(), intake, journal).open(database, later);
    Await.until(
        "the outbox to be empty",
        () -> {
          relay.look();
          return database.waiting() == 0;
        });
  }

  private static List<String> recorded(JournalReader reader) {
    List<String> ids = new ArrayList<>();
    long after = 0;
    long head = reader.extent().head().offset();
    while (after < head) {
      JournalPage page = reader.read(after, 1_000);
      for (JournalEntry entry : page.entries()) {
        ids.add(entry.activity().id());
      }
      after = page.upTo().offset();
    }
    return ids;
  }

  /**
   * @param orders their number, and how many activities tell of them: {@code 17-3}
   */
  private static List<String> ids(List<String> orders) {
    List<String> ids = new ArrayList<>();
    for (String order : orders) {
      String[] parts = order.split("-");
      for (int i = 0; i < Integer.parseInt(parts[1]); i++) {
        ids.add(ChildShop.id(Integer.parseInt(parts[0]), i));
      }
    }
    return ids;
  }

  /** Those that come before one that was fired before them. */
  private static List<String> outOfOrder(List<String> recorded) {
    java.util.Map<String, Integer> next = new java.util.HashMap<>();
    List<String> wrong = new ArrayList<>();
    for (String id : recorded) {
      String[] parts = id.split("-");
      int expected = next.merge(parts[0], 1, Integer::sum) - 1;
      if (expected != Integer.parseInt(parts[1])) {
        wrong.add(id);
      }
    }
    return wrong;
  }
}
