package dev.trailcast.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.LogRecorder;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.ConflictingActivityException;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.ForbiddenActivityException;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.activity.Scope;
import dev.trailcast.http.Query;
import dev.trailcast.ingest.Intake.Counts;
import dev.trailcast.ingest.RecordingJournal.Outcome;
import dev.trailcast.journal.JournalFullException;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final IngestSettings SETTINGS =
      new IngestSettings(
          500, 3, 1_000, Duration.ofMillis(1), TestSettings.BODIES, TestSettings.ANY_RATE);

  private final LogRecorder log = new LogRecorder(Intake.class);
  private final Activity activity = Activity.of("alice", "page.viewed", "products/42");
  private final RecordingJournal journal = new RecordingJournal();
  private final Intake intake = new Intake(journal, SETTINGS);

  @AfterEach
  void logsNothingUnexpected() {
    log.close();
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void encodesWhatItAdmitsAndRecordsNothingYet() {
    EncodedActivity admitted = intake.admit(() -> activity, null, Scope.EVERYTHING);

    assertThat(admitted.activity()).isEqualTo(activity);
    assertThat(admitted.json()).isEqualTo(EncodedActivity.of(activity).json());
    assertThat(journal.batches).isEmpty();
    assertThat(intake.counts()).isEqualTo(new Counts(0, 0, 0, 0, 0, 0));
  }

  @Test
  void countsWhatComesInByItsDoor() {
    Intake lines = intake.at(Door.LINES);
    EncodedActivity admitted = lines.admit(() -> activity, null, Scope.EVERYTHING);
    lines.recordDurably(admitted);

    assertThat(intake.count(Door.LINES, Intake.Outcome.ACCEPTED)).isEqualTo(1);
    assertThat(intake.bytes(Door.LINES)).isEqualTo(admitted.json().length);
    assertThat(intake.count(Door.HTTP, Intake.Outcome.ACCEPTED)).isZero();
    assertThat(intake.recordingTimes().snapshot().count()).isEqualTo(1);
    assertThat(intake.counts().accepted()).isEqualTo(1);
  }

  @Test
  void admitsNothingBeyondTheReachOfWhoeverOffersIt() {
    Scope orders =
        Scope.of(List.of(Query.filterIn("type=order.*"), Query.filterIn("actor=bob&source=/shop")));
    for (Activity allowed :
        List.of(
            Activity.of("alice", "order.placed"),
            Activity.of("bob", "page.viewed").withSource("/shop"),
            Activity.of(null, "page.viewed").withSource("/shop"))) {
      intake.admit(() -> allowed, "bob", orders);
    }
    for (Activity beyond :
        List.of(
            activity,
            Activity.of("bob", "page.viewed"),
            Activity.of(null, "page.viewed"),
            Activity.of("alice", "page.viewed").withSource("/shop"))) {
      assertThatThrownBy(() -> intake.admit(() -> beyond, "bob", orders))
          .isInstanceOf(ForbiddenActivityException.class);
    }
    assertThat(intake.counts().rejected()).isEqualTo(4);
  }

  @Test
  void admitsNothingOfATypeThatIsReserved() {
    assertThatThrownBy(
            () -> intake.admit(() -> Activity.of("a", "trailcast.erased"), null, Scope.EVERYTHING))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("type must not begin with trailcast., which is reserved");
    assertThat(intake.counts().rejected()).isEqualTo(1);
  }

  @Test
  void takesTheCallerForTheActorWhereNoneIsNamed() {
    Activity anonymous = Activity.of(null, "page.viewed");

    assertThat(intake.admit(() -> anonymous, "bob", Scope.EVERYTHING).activity().actor())
        .isEqualTo("bob");
    assertThat(intake.admit(() -> anonymous, null, Scope.EVERYTHING).activity().actor()).isNull();
    assertThat(intake.admit(() -> activity, "bob", Scope.EVERYTHING).activity().actor())
        .isEqualTo("alice");
  }

  @Test
  void admitsActivitiesOfTheAllowedSizeAndNoLargerOnes() {
    int room =
        SETTINGS.maxActivityBytes() - EncodedActivity.of(activity.withData("")).json().length;
    Activity largest = activity.withData("x".repeat(room));
    Activity larger = activity.withData("é".repeat(room / 2 + 1)); // two bytes each

    assertThat(intake.admit(() -> largest, null, Scope.EVERYTHING).json()).hasSize(500);
    assertThatThrownBy(() -> intake.admit(() -> larger, null, Scope.EVERYTHING))
        .isInstanceOf(OversizedActivityException.class)
        .hasMessageMatching(
            "the activity is 50[12] bytes of compact JSON; at most 500 are allowed");
  }

  @Test
  void admitsDataOfTheAllowedDepthAndNoDeeperOne() {
    intake.admit(() -> activity.withJson("[[[]]]"), null, Scope.EVERYTHING);

    assertThatThrownBy(
            () -> intake.admit(() -> activity.withJson("[[[[]]]]"), null, Scope.EVERYTHING))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("the activity must not have data nested deeper than 3 levels");
  }

  @Test
  void countsWhatItRejectsAlsoWhereItCannotBeRead() {
    assertThatThrownBy(() -> intake.admit(() -> ActivityReader.read("{"), null, Scope.EVERYTHING))
        .isInstanceOf(InvalidActivityException.class);
    assertThatThrownBy(
            () -> intake.admit(() -> activity.withJson("[[[[]]]]"), null, Scope.EVERYTHING))
        .isInstanceOf(InvalidActivityException.class);

    assertThat(intake.counts()).isEqualTo(new Counts(0, 0, 0, 2, 0, 0));
  }

  @Test
  void givesTheFirstPositionToADuplicate() {
    Receipt first = record(activity);
    record(activity.withId("other"));

    Receipt second = record(activity);

    assertThat(first.outcome()).isEqualTo(Receipt.Outcome.RECORDED);
    assertThat(second.outcome()).isEqualTo(Receipt.Outcome.DUPLICATE);
    assertThat(second.position()).isEqualTo(first.position());
    assertThat(intake.counts()).isEqualTo(new Counts(2, 1, 0, 0, 0, 0));
  }

  @Test
  void recordsNothingElseUnderTheSameIdAndSource() {
    record(activity);

    assertThatThrownBy(() -> record(activity.withAudience("nobody")))
        .isInstanceOf(ConflictingActivityException.class)
        .hasMessageStartingWith("id was recorded before");
    assertThat(intake.counts()).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));
  }

  @Test
  void tellsThatTheJournalIsFull() {
    Intake intake = new Intake(new RecordingJournal(batch -> Outcome.FULL), SETTINGS);

    assertThatThrownBy(() -> intake.record(admitted(2))).isInstanceOf(JournalFullException.class);
    assertThat(intake.counts()).isEqualTo(new Counts(0, 0, 0, 0, 2, 0));
  }

  @Test
  void tellsThatTheJournalFailed() {
    Intake intake = new Intake(new RecordingJournal(batch -> Outcome.FAILED), SETTINGS);
    CompletableFuture<List<Receipt>> receipts = intake.record(admitted(2));

    assertThatThrownBy(() -> intake.await(receipts))
        .isInstanceOf(JournalUnavailableException.class)
        .hasMessage("/secret/path");
    assertThat(intake.counts()).isEqualTo(new Counts(0, 0, 0, 0, 2, 0));
  }

  @Test
  void waitsForTheDiskNoLongerThanItIsToldAndCountsWhatIsDurableLater() {
    RecordingJournal journal = new RecordingJournal(batch -> Outcome.HELD);
    Intake intake = new Intake(journal, SETTINGS);
    EncodedActivity admitted = EncodedActivity.of(activity);

    assertThatThrownBy(() -> intake.recordDurably(admitted))
        .isInstanceOf(JournalUnavailableException.class)
        .hasMessageStartingWith("Not durable within PT0.001S");
    assertThat(intake.counts()).isEqualTo(new Counts(0, 0, 0, 0, 0, 0));

    journal.release();

    assertThat(intake.counts()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0));
  }

  @Test
  void staysInterruptedWhenItsWaitIs() {
    Intake intake = new Intake(new RecordingJournal(batch -> Outcome.HELD), SETTINGS);
    CompletableFuture<List<Receipt>> receipts = intake.record(admitted(1));

    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> intake.await(receipts))
        .isInstanceOf(JournalUnavailableException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void handsOnWhatATransactionBroughtAsOneBatch() {
    List<EncodedActivity> activities = admitted(1_000);

    intake.recordCommitted(activities);

    assertThat(journal.batches).containsExactly(activities);
  }

  @Test
  void handsOnMoreThanAJournalMayHaveRoomForInSeveralBatches() {
    List<EncodedActivity> activities = admitted(2_500);

    intake.recordCommitted(activities);

    assertThat(journal.batches).extracting(List::size).containsExactly(1_000, 1_000, 500);
    assertThat(journal.batches.stream().flatMap(List::stream)).isEqualTo(activities);
  }

  @Test
  void waitsAMomentForRoomForWhatIsCommitted() {
    RecordingJournal journal =
        new RecordingJournal(batch -> batch < 3 ? Outcome.FULL : Outcome.DURABLE);
    Intake intake = new Intake(journal, SETTINGS);

    intake.recordCommitted(admitted(2));

    assertThat(journal.ids()).hasSize(2);
    assertThat(intake.counts()).isEqualTo(new Counts(2, 0, 0, 0, 0, 0));
  }

  @Test
  void countsCommittedOnesAsLostWhereTheJournalFailsAndThrowsNothing() {
    for (Outcome outcome : List.of(Outcome.UNAVAILABLE, Outcome.FAILED)) {
      Intake intake = new Intake(new RecordingJournal(batch -> outcome), SETTINGS);

      assertThatCode(() -> intake.recordCommitted(admitted(2))).doesNotThrowAnyException();

      assertThat(intake.counts()).isEqualTo(new Counts(0, 0, 0, 0, 0, 2));
      assertThat(log.takeMessage())
          .startsWith("TRAIL0301E: 2 activities of a committed transaction were not recorded: ");
    }
  }

  @Test
  void logsIdsOfLostOnesInAFormThatForgesNoLine() {
    Intake intake = new Intake(new RecordingJournal(batch -> Outcome.UNAVAILABLE), SETTINGS);
    String idTooLong = "x".repeat(100);

    intake.recordCommitted(
        List.of(
            EncodedActivity.of(activity.withId("a\u2028b c")),
            EncodedActivity.of(activity.withId(idTooLong))));

    assertThat(log.takeMessage()).endsWith(": a?b?c " + "x".repeat(64));
  }

  @Test
  void givesUpOnAFullJournalAtOnceWhereItsThreadIsWantedElsewhere() {
    Intake intake = new Intake(new RecordingJournal(batch -> Outcome.FULL), SETTINGS);

    Thread.currentThread().interrupt();
    intake.recordCommitted(admitted(2));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(intake.counts()).isEqualTo(new Counts(0, 0, 0, 0, 0, 2));
    assertThat(log.takeMessage()).startsWith("TRAIL0301E: 2 activities");
  }

  private Receipt record(Activity activity) {
    return intake.recordDurably(intake.admit(() -> activity, null, Scope.EVERYTHING));
  }

  private static List<EncodedActivity> admitted(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> EncodedActivity.of(Activity.of("alice", "page.viewed")))
        .toList();
  }
}
