package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.TestEntries.ids;
import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.TestEntries.offsets;
import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static dev.trailcast.journal.embedded.JournalSetup.floor;
import static dev.trailcast.journal.embedded.JournalSetup.head;
import static dev.trailcast.journal.embedded.JournalSetup.receipts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.Receipt.Outcome;
import dev.trailcast.journal.StreamPosition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedJournalTest {
  @TempDir Path directory;

  private final HandSetClock clock = new HandSetClock();

  @Test
  void countsFromOneInTheOrderOfAppending() {
    try (EmbeddedJournal journal = open()) {
      append(journal, numbered(1, 3));
      append(journal, numbered(4));

      assertThat(offsets(all(journal))).containsExactly(1L, 2L, 3L, 4L);
      assertThat(ids(all(journal))).containsExactly("a1", "a2", "a3", "a4");
      assertThat(head(journal).offset()).isEqualTo(4);
      assertThat(floor(journal).offset()).isZero();
    }
  }

  @Test
  void goesOnCountingAfterARestart() {
    StreamPosition head;
    try (EmbeddedJournal journal = open()) {
      append(journal, numbered(1, 3));
      head = head(journal);
    }
    try (EmbeddedJournal journal = open()) {
      assertThat(head(journal)).isEqualTo(head);
      assertThat(append(journal, numbered(4)).position()).isEqualTo(head.at(4));
    }
  }

  @Test
  void answersEachActivityWithItsPosition() {
    try (EmbeddedJournal journal = open()) {
      List<Receipt> receipts = append(journal, numbered(1, 2));

      StreamPosition head = head(journal);
      assertThat(receipts)
          .containsExactly(
              new Receipt(head.at(1), Outcome.RECORDED), new Receipt(head.at(2), Outcome.RECORDED));
    }
  }

  @Test
  void answersADuplicateWithItsFirstPosition() {
    try (EmbeddedJournal journal = open()) {
      Receipt first = append(journal, numbered(1));
      append(journal, numbered(2));

      assertThat(append(journal, numbered(1)))
          .isEqualTo(new Receipt(first.position(), Outcome.DUPLICATE));
      assertThat(ids(all(journal))).containsExactly("a1", "a2");
    }
  }

  @Test
  void recognisesADuplicateAfterARestart() {
    try (EmbeddedJournal journal = open()) {
      append(journal, numbered(1));
    }
    try (EmbeddedJournal journal = open()) {
      assertThat(append(journal, numbered(1)).outcome()).isEqualTo(Outcome.DUPLICATE);
    }
  }

  @Test
  void recognisesDuplicatesAmongWhatIsAppendedAtOnceAndLeavesNoHole() {
    try (EmbeddedJournal journal = open()) {
      List<Receipt> receipts =
          append(journal, List.of(numbered(1), numbered(1), numbered(2), numbered(1), numbered(3)));

      assertThat(receipts)
          .extracting(r -> r.position().offset())
          .containsExactly(1L, 1L, 2L, 1L, 3L);
      assertThat(receipts)
          .extracting(Receipt::outcome)
          .containsExactly(
              Outcome.RECORDED,
              Outcome.DUPLICATE,
              Outcome.RECORDED,
              Outcome.DUPLICATE,
              Outcome.RECORDED);
      assertThat(offsets(all(journal))).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void recordsNothingElseUnderTheSameIdAndSource() {
    Activity real = Activity.of("alice", "order.placed", "orders/17").withId("17");
    try (EmbeddedJournal journal = open()) {
      Receipt first = append(journal, EncodedActivity.of(real));

      assertThat(append(journal, EncodedActivity.of(real.withAudience("nobody"))))
          .isEqualTo(new Receipt(first.position(), Outcome.CONFLICT));
      assertThat(append(journal, EncodedActivity.of(real.withActor("bob"))).outcome())
          .isEqualTo(Outcome.CONFLICT);
      assertThat(append(journal, EncodedActivity.of(real.withData(1))).outcome())
          .isEqualTo(Outcome.CONFLICT);
      assertThat(ids(all(journal))).containsExactly("17");
    }
  }

  @Test
  void recognisesADuplicateThatIsToldAtAnotherTimeAndWithCharactersThatAreEscaped() {
    Activity told =
        Activity.of("alice", "page.viewed").withId("1").withData("a\u2028b \u0085 \\ é");
    try (EmbeddedJournal journal = open()) {
      append(journal, EncodedActivity.of(told));

      Activity again = told.withTime(told.time().plusSeconds(1)).withExtension("attempt", 2);
      assertThat(append(journal, EncodedActivity.of(again)).outcome()).isEqualTo(Outcome.DUPLICATE);
    }
  }

  @Test
  void takesTheSameIdFromAnotherSourceForSomethingElse() {
    Activity here = Activity.of("alice", "page.viewed").withId("1").withSource("/here");
    try (EmbeddedJournal journal = open()) {
      append(journal, EncodedActivity.of(here));

      assertThat(append(journal, EncodedActivity.of(here.withSource("/there"))).outcome())
          .isEqualTo(Outcome.RECORDED);
    }
  }

  @Test
  void givesBackWhatWasRecorded() {
    Activity activity =
        Activity.of("żółw 🐢", "order.placed", "orders/1")
            .withSource("https://example.org/shop?x=%20")
            .withAudience("bob alice role:support")
            .withExtension("traceparent", "00-ab")
            .withData(Map.of("total", 12));
    EncodedActivity encoded = EncodedActivity.of(activity);
    try (EmbeddedJournal journal = open()) {
      append(journal, encoded);

      JournalEntry entry = all(journal).get(0);
      assertThat(entry.encoded().json()).isEqualTo(encoded.json());
      assertThat(entry.activity()).isEqualTo(activity);
      assertThat(entry.recorded()).isEqualTo(clock.instant());
    }
  }

  @Test
  void appendsNothingWithoutADisk() {
    try (EmbeddedJournal journal = JournalSetup.in(directory).create()) {
      assertThat(receipts(journal.append(List.of()))).isEmpty();
    }
  }

  @Test
  void recordsNoEarlierThanBeforeWhenTheClockIsSetBack() {
    try (EmbeddedJournal journal = open()) {
      append(journal, numbered(1));
      clock.advance(Duration.ofHours(-1));
      append(journal, numbered(2));
    }
    clock.advance(Duration.ofHours(-1));
    try (EmbeddedJournal journal = open()) {
      append(journal, numbered(3));
      clock.advance(Duration.ofHours(3));
      append(journal, numbered(4));

      Instant start = HandSetClock.START;
      assertThat(all(journal))
          .extracting(JournalEntry::recorded)
          .containsExactly(start, start, start, start.plus(Duration.ofHours(1)));
    }
  }

  @Test
  void namesEachJournalDifferently() {
    try (EmbeddedJournal one = open();
        EmbeddedJournal other = JournalSetup.in(directory.resolve("other")).open()) {
      assertThat(head(one).epoch()).matches("[a-z0-9]{6}").isNotEqualTo(head(other).epoch());
    }
  }

  private EmbeddedJournal open() {
    return JournalSetup.in(directory).with(clock).open();
  }
}
