package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.TestEntries.offsets;
import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static dev.trailcast.journal.embedded.JournalSetup.floor;
import static dev.trailcast.journal.embedded.JournalSetup.head;
import static dev.trailcast.journal.store.StoreFile.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.store.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanaryPassesTest {
  @TempDir Path directory;

  private final HandSetClock clock = new HandSetClock();
  private final List<JournalPage> announced = new CopyOnWriteArrayList<>();

  @Test
  void isWrittenAndAnnouncedAndTakesNoPlace() {
    try (EmbeddedJournal journal = open(Long.MAX_VALUE)) {
      append(journal, numbered(1, 2));
      clock.advance(Duration.ofSeconds(5));
      EncodedActivity canary = canary();

      Receipt receipt = append(journal, canary);

      assertThat(receipt.position()).isEqualTo(head(journal));
      assertThat(head(journal).offset()).isEqualTo(2);
      assertThat(announced.get(1).entries())
          .extracting(JournalEntry::encoded)
          .containsExactly(canary);
      assertThat(announced.get(1).after()).isEqualTo(announced.get(1).upTo());
      // it has written, and what is written is durable
      assertThat(query(directory, "SELECT recorded FROM journal"))
          .isEqualTo(clock.instant().toEpochMilli());
      assertThat(query(directory, "SELECT count(*) FROM entry")).isEqualTo(2);
      append(journal, numbered(3));
      assertThat(offsets(all(journal))).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void goesWithWhatIsRecordedAtOnce() {
    try (EmbeddedJournal journal = open(Long.MAX_VALUE)) {
      List<EncodedActivity> mixed = new ArrayList<>(numbered(1, 2));
      mixed.add(1, canary());

      assertThat(append(journal, mixed))
          .extracting(receipt -> receipt.position().offset())
          .containsExactly(1L, 1L, 2L);
      assertThat(offsets(all(journal))).containsExactly(1L, 2L);
    }
  }

  @Test
  void costsNobodyAnEntryWhereRetentionCounts() {
    try (EmbeddedJournal journal = open(3)) {
      append(journal, numbered(1, 3));
      for (int i = 0; i < 100; i++) {
        clock.advance(Duration.ofSeconds(5));
        append(journal, canary());
      }

      assertThat(floor(journal).offset()).isZero();
      assertThat(offsets(all(journal))).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void isForgottenOverARestart() {
    try (EmbeddedJournal journal = open(Long.MAX_VALUE)) {
      append(journal, numbered(1));
      append(journal, canary());
    }
    try (EmbeddedJournal journal = open(Long.MAX_VALUE)) {
      append(journal, numbered(2));

      assertThat(offsets(all(journal))).containsExactly(1L, 2L);
    }
  }

  private static EncodedActivity canary() {
    return EncodedActivity.of(Activity.of(null, Activity.CANARY));
  }

  private EmbeddedJournal open(long count) {
    return JournalSetup.in(directory)
        .with(clock)
        .with(new Retention(Duration.ofDays(1), count, Long.MAX_VALUE))
        .announcingTo(announced::add)
        .open();
  }
}
