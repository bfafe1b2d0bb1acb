package dev.trailcast.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.ingest.RecordingJournal.Outcome;
import dev.trailcast.journal.JournalFullException;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.security.TestCallers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class IngestionTest {
  private static final IngestSettings SETTINGS = TestSettings.with(1 << 16, Duration.ofMillis(1));

  /** One of about 1 KiB, so that a stretch has 64 of it at most. */
  private static final Activity KIBIBYTE =
      Activity.of("alice", "page.viewed").withData("x".repeat(880));

  @Test
  void handsOnWhatWasOfferedInItsOrder() {
    RecordingJournal journal = new RecordingJournal();
    Ingestion ingestion = ingestion(journal);

    offer(ingestion, 1, 10);
    ingestion.handOn();
    offer(ingestion, 11, 12);
    ingestion.finish();

    assertThat(journal.batches).extracting(List::size).containsExactly(10, 2);
    assertThat(journal.ids()).isEqualTo(ids(1, 12));
    assertThat(ingestion.tally().members()).containsEntry("accepted", 12L);
    assertThat(ingestion.line()).isEqualTo(12);
  }

  @Test
  void handsOnByItselfWhatFillsAStretch() {
    RecordingJournal journal = new RecordingJournal();
    Ingestion ingestion = ingestion(journal);

    offer(ingestion, 1, 1_000);

    assertThat(journal.batches).hasSizeBetween(13, 17);
    ingestion.finish();
    assertThat(journal.ids()).isEqualTo(ids(1, 1_000));
  }

  @Test
  void handsOnNothingWhereThereIsNothing() {
    RecordingJournal journal = new RecordingJournal();
    Ingestion ingestion = ingestion(journal);

    ingestion.handOn();
    ingestion.finish();

    assertThat(journal.batches).isEmpty();
    assertThat(ingestion.tally().members())
        .isEqualTo(Map.of("accepted", 0L, "duplicates", 0L, "rejected", 0L, "problems", List.of()));
  }

  @Test
  void readsOnWhileTheJournalWritesButNotFarAhead() {
    RecordingJournal journal = new RecordingJournal(batch -> Outcome.HELD);
    Ingestion ingestion = ingestion(journal);

    assertThatThrownBy(() -> offer(ingestion, 1, 1_000))
        .isInstanceOf(JournalUnavailableException.class); // waited, and in vain

    long ahead =
        journal.batches.stream()
            .flatMap(List::stream)
            .mapToLong(taken -> taken.json().length)
            .sum();
    assertThat(journal.batches).hasSizeGreaterThan(1);
    assertThat(ahead).isBetween(128L << 10, 256L << 10);
  }

  @Test
  void saysHowFarItGotWhereTheJournalIsFull() {
    RecordingJournal journal =
        new RecordingJournal(batch -> batch < 2 ? Outcome.DURABLE : Outcome.FULL);
    Ingestion ingestion = ingestion(journal);
    offer(ingestion, 1, 3);
    ingestion.handOn();
    offer(ingestion, 4, 5);
    reject(ingestion, 6);
    ingestion.handOn();
    reject(ingestion, 7);
    offer(ingestion, 8, 9);

    assertThatThrownBy(ingestion::handOn).isInstanceOf(JournalFullException.class);

    assertThat(ingestion.line()).isEqualTo(6);
    assertThat(ingestion.tally().members())
        .containsEntry("accepted", 5L)
        .containsEntry("rejected", 1L)
        .containsEntry("position", "e-5");
  }

  @Test
  void saysHowFarItGotWhereTheJournalFails() {
    RecordingJournal journal =
        new RecordingJournal(batch -> batch == 1 ? Outcome.FAILED : Outcome.DURABLE);
    Ingestion ingestion = ingestion(journal);
    offer(ingestion, 1, 3);
    ingestion.handOn();
    offer(ingestion, 4, 5);
    ingestion.handOn();
    offer(ingestion, 6, 7);

    assertThatThrownBy(ingestion::finish).isInstanceOf(JournalUnavailableException.class);

    assertThat(ingestion.line()).isEqualTo(3);
    assertThat(ingestion.tally().members()).containsEntry("accepted", 3L);
  }

  @Test
  void losesNoGoodOneToABadOneAndSaysWhereThatStands() {
    RecordingJournal journal = new RecordingJournal();
    Ingestion ingestion = ingestion(journal);

    offer(ingestion, 1, 1);
    reject(ingestion, 3);
    offer(ingestion, 4, 4);
    reject(ingestion, 5);
    ingestion.finish();

    assertThat(journal.ids()).containsExactly("1", "4");
    assertThat(ingestion.tally().members())
        .containsEntry("rejected", 2L)
        .containsEntry(
            "problems",
            List.of(
                Map.of("index", 1L, "line", 3L, "detail", "the activity is bad"),
                Map.of("index", 3L, "line", 5L, "detail", "the activity is bad")));
    assertThat(ingestion.line()).isEqualTo(5);
  }

  @Test
  void tellsTheFirst100ProblemsOfAnyNumber() {
    Ingestion ingestion = ingestion(new RecordingJournal());

    for (int line = 1; line <= 60; line++) {
      reject(ingestion, line);
    }
    offer(ingestion, 61, 61);
    ingestion.handOn();
    for (int line = 62; line <= 1_000; line++) {
      reject(ingestion, line);
    }
    ingestion.finish();

    Map<String, Object> members = ingestion.tally().members();
    assertThat(members).containsEntry("rejected", 999L);
    assertThat(members.get("problems"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .hasSize(100)
        .last()
        .isEqualTo(Map.of("index", 100L, "line", 101L, "detail", "the activity is bad"));
  }

  @Test
  void tellsThePositionThatHasAllOfThemBehindIt() {
    Ingestion ingestion = ingestion(new RecordingJournal());

    offer(ingestion, 1, 3);
    offer(ingestion, 1, 1);
    ingestion.finish();

    assertThat(ingestion.tally().members())
        .containsEntry("accepted", 3L)
        .containsEntry("duplicates", 1L)
        .containsEntry("position", "e-3");
  }

  private static Ingestion ingestion(RecordingJournal journal) {
    return new Ingestion(new Intake(journal, SETTINGS), TestCallers.of("10.0.0.1", null));
  }

  /** Offers those whose ids are {@code first} to {@code last}, each on the line of its number. */
  private static void offer(Ingestion ingestion, int first, int last) {
    for (String id : ids(first, last)) {
      Activity activity = KIBIBYTE.withId(id);
      assertThat(EncodedActivity.of(activity).json()).hasSizeLessThan(1 << 10);
      ingestion.offer(Long.parseLong(id), () -> activity);
    }
  }

  private static void reject(Ingestion ingestion, long line) {
    ingestion.offer(
        line,
        () -> {
          throw InvalidActivityException.whole("is bad");
        });
  }

  private static List<String> ids(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
  }
}
