package dev.trailcast.journal.embedded;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.Retention;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** How a journal under test is kept: everything for ever, unless said otherwise. */
public record JournalSetup(
    Path directory,
    Retention retention,
    int queueActivities,
    Clock clock,
    Consumer<JournalPage> announce,
    Database database) {
  public static final long LIMIT_SECONDS = 20;

  public static JournalSetup in(Path directory) {
    return new JournalSetup(
        directory,
        new Retention(Duration.ofDays(36_500), Long.MAX_VALUE, Long.MAX_VALUE),
        10_000,
        new HandSetClock(),
        page -> {},
        new Database(directory));
  }

  public JournalSetup with(Retention retention) {
    return new JournalSetup(directory, retention, queueActivities, clock, announce, database);
  }

  public JournalSetup withQueueOf(int activities) {
    return new JournalSetup(directory, retention, activities, clock, announce, database);
  }

  public JournalSetup with(Clock clock) {
    return new JournalSetup(directory, retention, queueActivities, clock, announce, database);
  }

  public JournalSetup announcingTo(Consumer<JournalPage> announce) {
    return new JournalSetup(directory, retention, queueActivities, clock, announce, database);
  }

  public JournalSetup with(Database database) {
    return new JournalSetup(directory, retention, queueActivities, clock, announce, database);
  }

  public EmbeddedJournal open() {
    EmbeddedJournal journal = create();
    journal.start();
    return journal;
  }

  public EmbeddedJournal create() {
    return new EmbeddedJournal(
        new EmbeddedSettings(directory, retention, queueActivities, 1 << 20),
        Thread::new,
        clock,
        announce,
        database);
  }

  /** An activity that says which one it is. */
  public static EncodedActivity numbered(int number) {
    return EncodedActivity.of(Activity.of("alice", "test.counted").withId("a" + number));
  }

  public static List<EncodedActivity> numbered(int from, int to) {
    List<EncodedActivity> activities = new ArrayList<>();
    for (int number = from; number <= to; number++) {
      activities.add(numbered(number));
    }
    return activities;
  }

  /** Appends, and waits until it is durable. */
  public static List<Receipt> append(Journal journal, List<EncodedActivity> activities) {
    return receipts(journal.append(activities));
  }

  public static Receipt append(Journal journal, EncodedActivity activity) {
    return append(journal, List.of(activity)).get(0);
  }

  public static List<Receipt> receipts(CompletableFuture<List<Receipt>> appended) {
    return appended.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  /** All that a journal has. */
  public static List<JournalEntry> all(EmbeddedJournal journal) {
    List<JournalEntry> entries = new ArrayList<>();
    long after = floor(journal).offset();
    while (after < head(journal).offset()) {
      JournalPage page = journal.reader().read(after, 1_000);
      entries.addAll(page.entries());
      after = page.upTo().offset();
    }
    return entries;
  }

  /** Behind its newest entry. */
  public static StreamPosition head(EmbeddedJournal journal) {
    return journal.reader().extent().head();
  }

  /** From where on it is complete. */
  public static StreamPosition floor(EmbeddedJournal journal) {
    return journal.reader().extent().floor();
  }

  public static List<String> ids(List<JournalEntry> entries) {
    return entries.stream().map(entry -> entry.activity().id()).toList();
  }

  public static List<Long> offsets(List<JournalEntry> entries) {
    return entries.stream().map(JournalEntry::offset).toList();
  }

  /** Something done to the file by somebody else. */
  public static void execute(Path directory, String... statements) {
    try (Connection connection = connect(directory);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** A number that somebody else finds in the file. */
  public static long query(Path directory, String sql) {
    try (Connection connection = connect(directory);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  public static Connection connect(Path directory) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
  }

  /** Waits for what the journal does by itself, of which nobody is told. */
  public static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it did not come about in " + LIMIT_SECONDS + " s");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
