package dev.trailcast.journal.embedded;

import dev.trailcast.Await;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.Database;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.writer.JournalSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** How a journal under test is kept: everything for ever, unless said otherwise. */
record JournalSetup(
    Path directory,
    Retention retention,
    int queueActivities,
    Clock clock,
    LongSupplier nanoTime,
    Consumer<JournalPage> announce,
    Database database) {
  static JournalSetup in(Path directory) {
    HandSetClock clock = new HandSetClock();
    return new JournalSetup(
        directory,
        new Retention(Duration.ofDays(36_500), Long.MAX_VALUE, Long.MAX_VALUE),
        10_000,
        clock,
        clock::nanoTime,
        page -> {},
        new Database(directory));
  }

  JournalSetup with(Retention retention) {
    return new JournalSetup(
        directory, retention, queueActivities, clock, nanoTime, announce, database);
  }

  JournalSetup withQueueOf(int activities) {
    return new JournalSetup(directory, retention, activities, clock, nanoTime, announce, database);
  }

  JournalSetup with(HandSetClock clock) {
    return with(clock, clock::nanoTime);
  }

  JournalSetup with(Clock clock, LongSupplier nanoTime) {
    return new JournalSetup(
        directory, retention, queueActivities, clock, nanoTime, announce, database);
  }

  JournalSetup announcingTo(Consumer<JournalPage> announce) {
    return new JournalSetup(
        directory, retention, queueActivities, clock, nanoTime, announce, database);
  }

  JournalSetup with(Database database) {
    return new JournalSetup(
        directory, retention, queueActivities, clock, nanoTime, announce, database);
  }

  EmbeddedJournal open() {
    EmbeddedJournal journal = create();
    journal.start();
    return journal;
  }

  EmbeddedJournal create() {
    return new EmbeddedJournal(
        new JournalSettings(directory, retention, queueActivities, 1 << 20),
        Thread::new,
        clock,
        nanoTime,
        announce,
        database);
  }

  /** Appends, and waits until it is durable. */
  static List<Receipt> append(Journal journal, List<EncodedActivity> activities) {
    return receipts(journal.append(activities));
  }

  static Receipt append(Journal journal, EncodedActivity activity) {
    return append(journal, List.of(activity)).get(0);
  }

  static List<Receipt> receipts(CompletableFuture<List<Receipt>> appended) {
    return appended.orTimeout(Await.LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  /** All that a journal has. */
  static List<JournalEntry> all(EmbeddedJournal journal) {
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
  static StreamPosition head(EmbeddedJournal journal) {
    return journal.reader().extent().head();
  }

  /** From where on it is complete. */
  static StreamPosition floor(EmbeddedJournal journal) {
    return journal.reader().extent().floor();
  }
}
