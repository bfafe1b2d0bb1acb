package dev.trailcast.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.LogRecorder;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.Scope;
import dev.trailcast.ingest.Intake;
import dev.trailcast.ingest.RecordingJournal;
import dev.trailcast.ingest.RecordingJournal.Outcome;
import dev.trailcast.ingest.TestSettings;
import dev.trailcast.security.Caller;
import dev.trailcast.security.TestCallers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditTest {
  private static final String ROLE = "role:operator";

  private final LogRecorder log = new LogRecorder(Audit.class);
  private final RecordingJournal journal = new RecordingJournal();
  private final List<Runnable> later = new ArrayList<>();
  private final Audit audit = audit(journal, ROLE);
  private final Caller administrator = TestCallers.granted("ada", ROLE, "operator");

  @AfterEach
  void logsNothingUnexpected() {
    log.close();
    assertThat(log.messages()).isEmpty();
  }

  private Audit audit(RecordingJournal journal, String administer) {
    return new Audit(
        new Intake(journal, TestSettings.with(65_000, Duration.ofSeconds(5))),
        TestCallers.administeredBy(administer),
        (task, delay) -> {
          assertThat(delay).isEqualTo(Audit.PERIOD);
          later.add(task);
        });
  }

  private List<Activity> recorded() {
    return journal.batches().stream().flatMap(List::stream).map(EncodedActivity::activity).toList();
  }

  private static Audit.Attempt attempt(String name) {
    return new Audit.Attempt(name, "10.0.0.7", "DELETE", "/api/readers/7", 403, "you may not");
  }

  @Test
  void tellsWhoEndedWhichReader() {
    audit.ended(administrator, "k-7", "bob", "10.0.0.7");

    assertThat(recorded())
        .singleElement()
        .satisfies(
            ended -> {
              assertThat(ended.type()).isEqualTo("trailcast.audit.ended");
              assertThat(ended.source()).isEqualTo("/trailcast");
              assertThat(ended.actor()).isEqualTo("ada");
              assertThat(ended.subject()).isEqualTo("readers/k-7");
              assertThat(ended.data()).hasToString("{\"user\":\"bob\",\"address\":\"10.0.0.7\"}");
            });
  }

  @Test
  void tellsWhoErased() {
    audit.erased(administrator, Map.of("activities", 12));

    assertThat(recorded())
        .singleElement()
        .satisfies(
            erased -> {
              assertThat(erased.type()).isEqualTo("trailcast.audit.erased");
              assertThat(erased.actor()).isEqualTo("ada");
              assertThat(erased.data()).hasToString("{\"activities\":12}");
            });
  }

  @Test
  void tellsWhoHadABackupMade() {
    audit.backedUp(administrator, Map.of("position", "k-7"));

    assertThat(recorded())
        .singleElement()
        .satisfies(
            backedUp -> {
              assertThat(backedUp.type()).isEqualTo("trailcast.audit.backed-up");
              assertThat(backedUp.actor()).isEqualTo("ada");
              assertThat(backedUp.data()).hasToString("{\"position\":\"k-7\"}");
            });
  }

  @Test
  void tellsWhoWasRefusedWhatAndWhy() {
    audit.refused(attempt("bob"));

    assertThat(recorded())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.type()).isEqualTo("trailcast.audit.refused");
              assertThat(refused.actor()).isEqualTo("bob");
              assertThat(refused.data())
                  .hasToString(
                      "{\"address\":\"10.0.0.7\",\"method\":\"DELETE\",\"path\":\"/api/readers/7\","
                          + "\"status\":403,\"reason\":\"you may not\"}");
            });
  }

  @Test
  void isForWhoeverMayAdministerByWhateverGrantAndForNobodyElse() {
    for (String administer : List.of(ROLE, "user:ada", "authenticated")) {
      Audit audit = audit(journal, administer);
      Caller ada = TestCallers.granted("ada", administer, "operator");
      audit.ended(ada, "k-7", null, "10.0.0.7");
      Activity told = recorded().get(recorded().size() - 1);

      assertThat(ada.view(ActivityFilter.ALL).maySee(told)).as(administer).isTrue();
      for (Caller other :
          List.of(
              TestCallers.granted("bob", ROLE, "support"),
              TestCallers.granted("eve", ROLE, Caller.ADMINISTRATORS),
              TestCallers.of("10.0.0.1", null))) {
        assertThat(other.view(ActivityFilter.ALL).maySee(told)).as(administer).isFalse();
      }
    }
  }

  @Test
  void isForEverybodyWhereAnyoneMayAdminister() {
    audit(journal, "anyone").ended(TestCallers.of("10.0.0.1", null), "k-7", null, "10.0.0.7");

    assertThat(recorded()).singleElement().satisfies(told -> assertThat(told.audience()).isNull());
  }

  @Test
  void recordsSoManyRefusalsInAMinuteAndOfTheRestHowMany() {
    for (int i = 0; i < Audit.MOST_REFUSALS + 1_000; i++) {
      audit.refused(attempt(null));
    }
    assertThat(recorded()).hasSize(Audit.MOST_REFUSALS);
    assertThat(later).hasSize(1);

    later.remove(0).run();

    assertThat(recorded()).hasSize(Audit.MOST_REFUSALS + 1);
    assertThat(recorded().get(Audit.MOST_REFUSALS).data()).hasToString("{\"leftOut\":1000}");
    audit.refused(attempt(null));
    later.remove(0).run();
    assertThat(recorded()).hasSize(Audit.MOST_REFUSALS + 2); // none was left out
  }

  @Test
  void theActIsDoneThoughTheJournalFailsAndTheLogTellsIt() {
    for (Outcome outcome : List.of(Outcome.UNAVAILABLE, Outcome.FAILED)) {
      audit(new RecordingJournal(batch -> outcome), ROLE)
          .ended(administrator, "k-7", "bob", "10.0.0.7");

      assertThat(log.takeMessage()).contains("trailcast.audit.ended", "\"actor\":\"ada\"", "k-7");
    }
  }

  @Test
  void takesANameThatNoActivityMayHaveForWhatItIs() {
    audit.refused(attempt("a\nb"));

    assertThat(recorded())
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.actor()).isNull();
              assertThat(told.data().toString()).contains("\"actor\":\"a\\nb\"");
            });
  }

  @Test
  void takesOfALongTextItsBeginning() {
    audit.ended(administrator, "k-7", "b".repeat(255) + "𝄞", null);

    assertThat(recorded())
        .singleElement()
        .satisfies(
            ended ->
                assertThat(ended.data()).hasToString("{\"user\":\"" + "b".repeat(255) + "…\"}"));
  }

  @Test
  void nobodyElseCanRecordSuchAnActivity() {
    Intake intake = new Intake(journal, TestSettings.with(65_000, Duration.ofSeconds(5)));
    String forged = "{\"type\":\"trailcast.audit.erased\",\"actor\":\"ada\"}";

    assertThatThrownBy(
            () -> intake.admit(() -> ActivityReader.read(forged), null, Scope.EVERYTHING))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("type must not begin with trailcast., which is reserved");
    assertThat(recorded()).isEmpty();
  }
}
