package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.TestEntries.offsets;
import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static dev.trailcast.journal.embedded.JournalSetup.floor;
import static dev.trailcast.journal.embedded.JournalSetup.head;
import static dev.trailcast.journal.store.StoreFile.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.store.StoreFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  @TempDir Path directory;

  private final HandSetClock clock = new HandSetClock();

  @Test
  void letsGoWhatIsTooOld() {
    try (EmbeddedJournal journal = open(age(Duration.ofMinutes(10)))) {
      append(journal, numbered(1, 3));
      clock.advance(Duration.ofMinutes(6));
      append(journal, numbered(4, 5));
      clock.advance(Duration.ofMinutes(6));
      Await.until(
          () -> query(directory, "SELECT min(offset) FROM entry") == 4); // the floor goes ahead

      assertThat(floor(journal).offset()).isEqualTo(3);
      assertThat(offsets(all(journal))).containsExactly(4L, 5L);
    }
  }

  @Test
  void keepsWhatIsJustAsOldAsItMayBe() {
    try (EmbeddedJournal journal = open(age(Duration.ofMinutes(10)))) {
      append(journal, numbered(1));
      clock.advance(Duration.ofMillis(1));
      append(journal, numbered(2));
      clock.advance(Duration.ofMinutes(10));
      Await.until(() -> floor(journal).offset() == 1);

      assertThat(offsets(all(journal))).containsExactly(2L);
    }
  }

  @Test
  void letsNothingGoAndRecordsNoOtherTimeWhereTheClockLeaps() {
    try (EmbeddedJournal journal = open(age(Duration.ofMinutes(10)))) {
      append(journal, numbered(1));
      clock.leap(Duration.ofDays(10));
      Await.until(() -> journal.status().notice() != null);
      append(journal, numbered(2));
      assertThat(journal.status().isReady()).isTrue();
      assertThat(journal.status().notice()).contains("leapt by PT240H");
      clock.leap(Duration.ofDays(-10));
      Await.until(() -> journal.status().notice() == null);
      append(journal, numbered(3));

      assertThat(all(journal))
          .extracting(JournalEntry::recorded)
          .containsExactly(HandSetClock.START, HandSetClock.START, HandSetClock.START);
    }
  }

  @Test
  void letsGoWhatIsTooOldByAClockThatKeepsToItsLeap() {
    try (EmbeddedJournal journal = open(age(Duration.ofMinutes(90)))) {
      append(journal, numbered(1));
      clock.leap(Duration.ofDays(10));
      Await.until(() -> journal.status().notice() != null);
      clock.advance(Duration.ofHours(1));

      Await.until(() -> floor(journal).offset() == 1);
      assertThat(journal.status().notice()).isNull();
    }
  }

  @Test
  void letsGoWhatIsTooMuchInSteps() {
    try (EmbeddedJournal journal = open(count(10))) {
      append(journal, numbered(1, 1_900));
      Await.until(
          () -> query(directory, "SELECT count(*) FROM entry") == 10); // the floor goes ahead

      assertThat(floor(journal).offset()).isEqualTo(1_890);
      assertThat(all(journal)).hasSize(10);
    }
  }

  @Test
  void letsGoWhatTakesTooMuchRoomAndUsesTheRoomAgain() throws Exception {
    long bytes = 2 << 20;
    try (EmbeddedJournal journal = open(new Retention(FOR_EVER, Long.MAX_VALUE, bytes))) {
      for (int i = 0; i < 20; i++) {
        append(journal, large(110, 10_000)); // 22 MB in all
        Await.until(() -> usedBytes() <= bytes);
      }

      assertThat(usedBytes()).isGreaterThan(bytes / 2);
      assertThat(all(journal)).hasSizeGreaterThan(100);
    }
    assertThat(Files.size(directory.resolve("journal.db"))).isLessThan(2 * bytes);
  }

  @Test
  void keepsPaceWithThoseWhoPublish() {
    try (EmbeddedJournal journal = open(count(100))) {
      for (int i = 0; i < 40; i++) {
        append(journal, numbered(i * 1_000, i * 1_000 + 999));
        assertThat(head(journal).offset() - floor(journal).offset()).isLessThan(4_000);
      }
    }
  }

  @Test
  void takesAnActivityAnewOnceItHasGone() {
    try (EmbeddedJournal journal = open(count(2))) {
      append(journal, numbered(1, 4));
      Await.until(() -> floor(journal).offset() == 2);

      assertThat(append(journal, numbered(1)))
          .isEqualTo(new Receipt(head(journal).at(5), Receipt.Outcome.RECORDED));
      assertThat(append(journal, numbered(4)).position().offset()).isEqualTo(4);
    }
  }

  @Test
  void goesOnCountingWhenEverythingHasGone() {
    StreamPosition head;
    try (EmbeddedJournal journal = open(age(Duration.ofMinutes(10)))) {
      append(journal, numbered(1, 3));
      clock.advance(Duration.ofMinutes(11));
      head = head(journal);
      Await.until(() -> floor(journal).equals(head));
      Await.until(() -> query(directory, "SELECT count(*) FROM entry") == 0);
    }
    clock.advance(Duration.ofHours(-5));
    try (EmbeddedJournal journal = open(age(Duration.ofMinutes(10)))) {
      assertThat(head(journal)).isEqualTo(head);
      assertThat(floor(journal)).isEqualTo(head);
      assertThat(journal.reader().read(0, 10)).isEqualTo(new JournalPage(head, List.of(), head));
      assertThat(append(journal, numbered(4)).position()).isEqualTo(head.at(4));
      assertThat(all(journal).get(0).recorded()).isEqualTo(HandSetClock.START);
    }
  }

  @Test
  void beginsAPageAtTheFloorWhereItWasAskedForBelow() {
    try (EmbeddedJournal journal = open(count(5))) {
      append(journal, numbered(1, 20));
      Await.until(() -> floor(journal).offset() == 15);

      JournalPage page = journal.reader().read(3, 2);
      assertThat(page.after()).isEqualTo(floor(journal));
      assertThat(offsets(page.entries())).containsExactly(16L, 17L);
      assertThat(page.upTo().offset()).isEqualTo(17);
      assertThat(journal.reader().read(15, 2).after().offset()).isEqualTo(15);
    }
  }

  @Test
  void boundsTheLogOfAJournalThatIsAlwaysRead() throws Exception {
    Path log = directory.resolve("journal.db-wal");
    try (EmbeddedJournal journal = open(count(100))) {
      append(journal, numbered(1));
      try (Connection reading = StoreFile.connect(directory);
          Statement statement = reading.createStatement()) {
        statement.execute("BEGIN");
        statement.execute("SELECT count(*) FROM entry");
        while (Files.size(log) <= 64 << 20) {
          append(journal, large(100, 50_000));
        }
      }
      Await.until(() -> log.toFile().length() < 64 << 20);
    }
  }

  private EmbeddedJournal open(Retention retention) {
    return JournalSetup.in(directory).with(clock).with(retention).open();
  }

  private static Retention age(Duration age) {
    return new Retention(age, Long.MAX_VALUE, Long.MAX_VALUE);
  }

  private static Retention count(long count) {
    return new Retention(FOR_EVER, count, Long.MAX_VALUE);
  }

  private long usedBytes() {
    return query(
        directory,
        """
        SELECT (page_count - freelist_count) * page_size
        FROM pragma_page_count, pragma_freelist_count, pragma_page_size
        """);
  }

  private static List<EncodedActivity> large(int count, int bytes) {
    String data = "x".repeat(bytes);
    return IntStream.range(0, count)
        .mapToObj(i -> EncodedActivity.of(Activity.of("alice", "test.large").withData(data)))
        .toList();
  }
}
