package dev.trailcast.ingest.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.LogRecorder;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.ingest.IngestSettings;
import dev.trailcast.ingest.Intake;
import dev.trailcast.ingest.RecordingJournal;
import dev.trailcast.ingest.RecordingJournal.Outcome;
import dev.trailcast.ingest.TestSettings;
import dev.trailcast.journal.JournalFullException;
import dev.trailcast.security.CurrentCaller;
import jakarta.transaction.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Without a server there is no transaction to be in; what happens inside one is told by an IT. */
class FiredActivitiesTest {
  private static final IngestSettings SETTINGS = TestSettings.with(1_000, Duration.ofSeconds(10));
  private static final OutboxSettings NO_OUTBOX =
      new OutboxSettings("", false, "trailcast", Duration.ofSeconds(5));

  private final Activity activity = Activity.of("alice", "page.viewed");
  private final RecordingJournal journal = new RecordingJournal();
  private final Intake intake = new Intake(journal, SETTINGS);
  private final CurrentCaller caller =
      new CurrentCaller() {
        @Override
        public String name() {
          return loggedIn;
        }
      };
  private String loggedIn;
  private final Outbox outbox = new Outbox(NO_OUTBOX, intake, journal);
  private final FiredActivities fired = new FiredActivities(intake, SETTINGS, caller, outbox);

  @Test
  void areRecordedOnceOutsideATransaction() {
    fired.record(activity);
    fired.record(activity);

    assertThat(intake.counts()).isEqualTo(new Intake.Counts(1, 1, 0, 0, 0, 0));
  }

  @Test
  void areWhatTheUserDidWhereTheyNameNoActor() {
    loggedIn = "carol";
    fired.record(activity);
    fired.record(Activity.of(null, "page.viewed"));
    loggedIn = null;
    fired.record(Activity.of(null, "page.viewed"));

    assertThat(journal.batches())
        .extracting(batch -> batch.get(0).activity().actor())
        .containsExactly("alice", "carol", null);
  }

  @Test
  void areRecordedAsynchronously() {
    fired.recordAsync(activity);

    assertThat(journal.ids()).containsExactly(activity.id());
  }

  @Test
  void tellWhoeverFiresThatTheyAreNotRecorded() {
    Intake intake = new Intake(new RecordingJournal(batch -> Outcome.FULL), SETTINGS);
    FiredActivities fired = new FiredActivities(intake, SETTINGS, caller, outbox);

    assertThatThrownBy(() -> fired.record(activity)).isInstanceOf(JournalFullException.class);
    assertThatThrownBy(() -> fired.recordAsync(activity)).isInstanceOf(JournalFullException.class);
  }

  @Test
  void tellWhoeverFiresThatTheyAreUnacceptable() {
    Activity large = activity.withData("x".repeat(1_000));

    assertThatThrownBy(() -> fired.record(large)).isInstanceOf(OversizedActivityException.class);
    assertThat(journal.ids()).isEmpty();
  }

  @Test
  void waitForTheirTransactionToCommit() {
    TransactionActivities transaction = new TransactionActivities(outbox.begin(), 2_000);
    transaction.add(EncodedActivity.of(activity.withId("1")));
    transaction.add(EncodedActivity.of(activity.withId("2")));
    assertThat(journal.batches()).isEmpty();

    transaction.afterCompletion(Status.STATUS_COMMITTED);

    assertThat(journal.batches()).hasSize(1);
    assertThat(journal.ids()).containsExactly("1", "2");
  }

  @Test
  void areForgottenWhereTheirTransactionRollsBackOrNobodyKnows() {
    for (int status : new int[] {Status.STATUS_ROLLEDBACK, Status.STATUS_UNKNOWN}) {
      TransactionActivities transaction = new TransactionActivities(outbox.begin(), 2_000);
      transaction.add(EncodedActivity.of(activity));

      transaction.afterCompletion(status);
    }

    assertThat(journal.batches()).isEmpty();
  }

  @Test
  void areSaidToBeInMemoryOnceWhereThereIsNoOutbox() {
    LogRecorder log = new LogRecorder(Outbox.class);
    outbox.begin();
    outbox.begin();
    log.close();

    assertThat(log.messages()).singleElement().asString().contains("trailcast.outbox.datasource");
  }

  @Test
  void areRefusedWhereOneTransactionBringsMoreThanIsHeld() {
    TransactionActivities transaction = new TransactionActivities(outbox.begin(), 2_000);
    EncodedActivity encoded = EncodedActivity.of(activity.withData("x".repeat(900)));
    transaction.add(encoded);

    assertThatThrownBy(() -> transaction.add(encoded))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2000 bytes")
        .hasMessageContaining("trailcast.ingest.max-transaction-bytes");
  }
}
