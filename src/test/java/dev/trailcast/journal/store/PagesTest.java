package dev.trailcast.journal.store;

import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.TestEntries.offsets;
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
    try (TestStore journal = open()) {
      journal.append(numbered(1, 101));

      assertThat(offsets(journal.reader().read(8, 4).entries())).containsExactly(9L, 10L, 11L, 12L);
      assertThat(offsets(journal.reader().read(98, 10).entries())).containsExactly(99L, 100L, 101L);
      assertThat(offsets(journal.reader().read(0, 1_000).entries()))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 101).boxed().toList());
    }
  }

  @Test
  void endsAPageAtTheLimitAndSaysHowFarItGoes() {
    try (TestStore journal = open()) {
      journal.append(numbered(1, 5));

      JournalPage page = journal.reader().read(1, 3);
      assertThat(page.after()).isEqualTo(journal.head().at(1));
      assertThat(offsets(page.entries())).containsExactly(2L, 3L, 4L);
      assertThat(page.upTo()).isEqualTo(journal.head().at(4));
    }
  }

  @Test
  void endsAPageAtAQuarterOfAMegabyte() {
    try (TestStore journal = open()) {
      for (int i = 0; i < 6; i++) {
        journal.append(large(100_000));
      }

      assertThat(offsets(journal.reader().read(0, 100).entries())).containsExactly(1L, 2L, 3L);
      assertThat(offsets(journal.reader().read(3, 100).entries())).containsExactly(4L, 5L, 6L);
    }
  }

  @Test
  void givesAPageOfOneWhereOneFillsIt() {
    try (TestStore journal = open()) {
      journal.append(List.of(large(500_000), numbered(1)));

      assertThat(offsets(journal.reader().read(0, 100).entries())).containsExactly(1L);
      assertThat(offsets(journal.reader().read(1, 100).entries())).containsExactly(2L);
    }
  }

  @Test
  void endsAPageWhereItBeganIfThereIsNothingMore() {
    try (TestStore journal = open()) {
      assertThat(journal.reader().read(0, 10))
          .isEqualTo(new JournalPage(journal.head(), List.of(), journal.head()));
      journal.append(numbered(1));
      assertThat(journal.reader().read(1, 10))
          .isEqualTo(new JournalPage(journal.head(), List.of(), journal.head()));
    }
  }

  @Test
  void refusesToReadFromWhereThereIsNothingYet() {
    try (TestStore journal = open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> journal.reader().read(1, 10))
          .withMessage("after must be from 0 to 0, but is 1");
      assertThatIllegalArgumentException().isThrownBy(() -> journal.reader().read(-1, 10));
      assertThatIllegalArgumentException().isThrownBy(() -> journal.reader().read(0, 0));
    }
  }

  @Test
  void leavesOutADamagedEntryAndGoesOnBehindIt() {
    try (TestStore journal = open()) {
      journal.append(numbered(1, 3));
      StoreFile.execute(directory, "UPDATE entry SET json = x'7b' WHERE offset IN (2, 3)");

      JournalPage page = journal.reader().read(0, 10);
      assertThat(offsets(page.entries())).containsExactly(1L);
      assertThat(page.upTo()).isEqualTo(journal.head());
    }
  }

  private TestStore open() {
    return TestStore.in(directory);
  }

  private static EncodedActivity large(int bytes) {
    return EncodedActivity.of(Activity.of("alice", "test.large").withData("x".repeat(bytes)));
  }
}
