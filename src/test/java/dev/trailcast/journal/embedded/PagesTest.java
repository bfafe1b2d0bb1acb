package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static dev.trailcast.journal.embedded.JournalSetup.head;
import static dev.trailcast.journal.embedded.JournalSetup.numbered;
import static dev.trailcast.journal.embedded.JournalSetup.offsets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.JournalPage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
  @TempDir Path directory;

  @Test
  void keepsPositionsInNumericOrder() {
    try (EmbeddedJournal journal = open()) {
      append(journal, numbered(1, 101));

      assertThat(offsets(journal.reader().read(8, 4).entries())).containsExactly(9L, 10L, 11L, 12L);
      assertThat(offsets(journal.reader().read(98, 10).entries())).containsExactly(99L, 100L, 101L);
      assertThat(offsets(all(journal)))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 101).boxed().toList());
    }
  }

  @Test
  void endsAPageAtTheLimitAndSaysHowFarItGoes() {
    try (EmbeddedJournal journal = open()) {
      append(journal, numbered(1, 5));

      JournalPage page = journal.reader().read(1, 3);
      assertThat(page.after()).isEqualTo(head(journal).at(1));
      assertThat(offsets(page.entries())).containsExactly(2L, 3L, 4L);
      assertThat(page.upTo()).isEqualTo(head(journal).at(4));
    }
  }

  @Test
  void endsAPageAtAQuarterOfAMegabyte() {
    try (EmbeddedJournal journal = open()) {
      for (int i = 0; i < 6; i++) {
        append(journal, large(100_000));
      }

      assertThat(offsets(journal.reader().read(0, 100).entries())).containsExactly(1L, 2L, 3L);
      assertThat(offsets(journal.reader().read(3, 100).entries())).containsExactly(4L, 5L, 6L);
    }
  }

  @Test
  void givesAPageOfOneWhereOneFillsIt() {
    try (EmbeddedJournal journal = open()) {
      append(journal, List.of(large(500_000), numbered(1)));

      assertThat(offsets(journal.reader().read(0, 100).entries())).containsExactly(1L);
      assertThat(offsets(journal.reader().read(1, 100).entries())).containsExactly(2L);
    }
  }

  @Test
  void endsAPageWhereItBeganIfThereIsNothingMore() {
    try (EmbeddedJournal journal = open()) {
      assertThat(journal.reader().read(0, 10))
          .isEqualTo(new JournalPage(head(journal), List.of(), head(journal)));
      append(journal, numbered(1));
      assertThat(journal.reader().read(1, 10))
          .isEqualTo(new JournalPage(head(journal), List.of(), head(journal)));
    }
  }

  @Test
  void refusesToReadFromWhereThereIsNothingYet() {
    try (EmbeddedJournal journal = open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> journal.reader().read(1, 10))
          .withMessage("after must be from 0 to 0, but is 1");
      assertThatIllegalArgumentException().isThrownBy(() -> journal.reader().read(-1, 10));
      assertThatIllegalArgumentException().isThrownBy(() -> journal.reader().read(0, 0));
    }
  }

  @Test
  void leavesOutADamagedEntryAndGoesOnBehindIt() {
    try (EmbeddedJournal journal = open()) {
      append(journal, numbered(1, 3));
      JournalSetup.execute(directory, "UPDATE entry SET json = x'7b' WHERE offset IN (2, 3)");

      JournalPage page = journal.reader().read(0, 10);
      assertThat(offsets(page.entries())).containsExactly(1L);
      assertThat(page.upTo()).isEqualTo(head(journal));
    }
  }

  private EmbeddedJournal open() {
    return JournalSetup.in(directory).open();
  }

  private static EncodedActivity large(int bytes) {
    return EncodedActivity.of(Activity.of("alice", "test.large").withData("x".repeat(bytes)));
  }
}
