package dev.trailcast.ingest.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.LogRecorder;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.ingest.Intake;
import dev.trailcast.ingest.RecordingJournal;
import dev.trailcast.ingest.RecordingJournal.Outcome;
import dev.trailcast.ingest.TestSettings;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On a real database; each look of the relay's is taken by the test, unless it says otherwise. */
class OutboxTest {
  private static final OutboxSettings SETTINGS =
      new OutboxSettings("jdbc/shop", true, "shop", Duration.ofMillis(100));

  private final LogRecorder relayLog = new LogRecorder(Relay.class);
  private final LogRecorder intakeLog = new LogRecorder(Intake.class);
  private final BusinessDatabase database = BusinessDatabase.inMemory();
  private RecordingJournal journal = new RecordingJournal();
  private Intake intake;
  private Outbox outbox;
  private Relay relay;

  OutboxTest() throws SQLException {
    database.execute("CREATE TABLE orders (number INTEGER PRIMARY KEY)");
    open(journal);
    relay.begin();
  }

  /** An application begins anew with the same database. */
  private void open(RecordingJournal journal) {
    this.journal = journal;
    intake = new Intake(journal, TestSettings.with(65_000, Duration.ofMillis(100)));
    outbox = new Outbox(SETTINGS, intake, journal);
    // nothing is fresh any more when the test looks
    relay = outbox.open(database, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)));
  }

  @AfterEach
  void loggedNothingUnexpected() throws SQLException {
    database.close();
    relayLog.close();
    intakeLog.close();
    assertThat(relayLog.messages()).isEmpty();
    assertThat(intakeLog.messages()).isEmpty();
  }

  @Test
  void recordsWhatIsCommittedAtOnceAndDeletesIt() throws Exception {
    relay = outbox.open(database, Clock.systemUTC()); // which leaves it to the commit
    Thread thread = new Thread(relay);
    thread.start();
    commit("1", "2", "3");

    assertThat(journal.ids()).startsWith("1", "2", "3");
    Await.until("the rows to be gone", () -> database.waiting() == 0);
    relay.stop();
    thread.join();
    assertThat(intake.counts().accepted()).isEqualTo(3);
  }

  @Test
  void keepsRowsUntilTheyAreDurable() throws Exception {
    open(new RecordingJournal(batch -> Outcome.HELD));
    commit("1");
    relay.look();

    assertThat(database.waiting()).isOne();
  }

  @Test
  void recordsWhatWasLeftByAProcessThatDiedAfterTheCommit() throws Exception {
    commitAndDie("1", "2", "3");
    assertThat(journal.ids()).isEmpty();
    open(new RecordingJournal());
    relay.look();

    assertThat(journal.ids()).containsExactly("1", "2", "3");
    assertThat(database.waiting()).isZero();
  }

  @Test
  void recordsOnceWhatWasRecordedAndNotDeleted() throws Exception {
    commit("1", "2");
    relay = outbox.open(database, relayClock()); // which knows nothing of it
    relay.look();

    assertThat(intake.counts()).isEqualTo(new Intake.Counts(2, 2, 0, 0, 0, 0));
    assertThat(database.waiting()).isZero();
  }

  @Test
  void recordsNothingOfATransactionThatIsRolledBack() throws Exception {
    database.rollBack(() -> fire("1", "2"), order(1));
    relay.look();

    assertThat(journal.ids()).isEmpty();
    assertThat(database.query("SELECT number FROM orders")).isEmpty();
  }

  @Test
  void rollsTheTransactionBackWhereItCanNotBeKept() throws Exception {
    database.execute("DROP TABLE trailcast_outbox");
    assertThatThrownBy(() -> database.commit(() -> fire("1"), order(1)))
        .isInstanceOf(OutboxException.class)
        .hasMessageContaining("outbox");
    assertThat(database.query("SELECT number FROM orders")).isEmpty();
    assertThat(journal.ids()).isEmpty();
  }

  @Test
  void keepsTheOrderWithinATransactionOfAnySize() throws Exception {
    String[] ids = ids(2_500);
    commitAndDie(ids);
    relay.look();

    assertThat(journal.ids()).containsExactly(ids);
    assertThat(journal.batches()).allSatisfy(batch -> assertThat(batch).hasSizeLessThan(201));
  }

  @Test
  void keepsTheOrderWhereTheJournalFailsInTheMiddle() throws Exception {
    open(new RecordingJournal(batch -> batch == 1 ? Outcome.FULL : Outcome.DURABLE));
    String[] ids = ids(2_500);
    commit(ids);
    assertThat(journal.ids()).containsExactly(Stream.of(ids).limit(1_000).toArray(String[]::new));
    relay.look();

    assertThat(journal.ids().stream().distinct()).containsExactly(ids);
    assertThat(database.waiting()).isZero();
  }

  @Test
  void leavesToTheCommitWhatIsFresh() throws Exception {
    relay = outbox.open(database, Clock.systemUTC());
    commitAndDie("1");
    relay.look();

    assertThat(journal.ids()).isEmpty();
    assertThat(relay.status().activities()).isOne();
  }

  @Test
  void doesNotWaitForAClockThatWasSetBack() throws Exception {
    commitAndDie("1");
    relay = outbox.open(database, Clock.offset(Clock.systemUTC(), Duration.ofHours(-1)));
    relay.look();

    assertThat(journal.ids()).containsExactly("1");
  }

  @Test
  void waitsForAJournalThatIsFullOrFailsOrStalls() throws Exception {
    List<Outcome> outcomes =
        List.of(Outcome.FULL, Outcome.UNAVAILABLE, Outcome.HELD, Outcome.DURABLE);
    open(new RecordingJournal(outcomes::get));
    commitAndDie("1");
    for (int i = 0; i < 3; i++) {
      relay.look();
      assertThat(database.waiting()).isOne();
    }
    relay.look();

    assertThat(database.waiting()).isZero();
    assertThat(intake.counts()).isEqualTo(new Intake.Counts(1, 0, 0, 0, 0, 0));
  }

  @Test
  void doesNotHoldUpATransactionWhereTheJournalCanNotTakeIt() throws Exception {
    open(new RecordingJournal(batch -> batch == 0 ? Outcome.FULL : Outcome.DURABLE));
    commit("1");
    assertThat(journal.ids()).isEmpty(); // it was not tried again
    relay.look();

    assertThat(journal.ids()).containsExactly("1");
  }

  @Test
  void letsGoOfWhatSomethingElseWasRecordedInsteadOfAndTellsIt() throws Exception {
    commit("1");
    EncodedActivity conflict = EncodedActivity.of(Activity.of("bob", "something.else").withId("1"));
    database.commitAndDie(
        () -> {
          TransactionActivities other = fire("2");
          other.add(conflict);
          other.add(activity("3"));
          return other;
        },
        order(3));
    relay.look();

    assertThat(database.waiting()).isZero();
    assertThat(intake.counts().conflicts()).isOne();
    assertThat(intakeLog.takeMessage()).contains("not recorded: 1");
    assertThat(journal.ids()).contains("2", "3");
  }

  @Test
  void leavesWhatIsNoActivityWhereItIsTellsItOnceAndGoesOn() throws Exception {
    commitAndDie("1", "2", "3");
    database.execute("UPDATE trailcast_outbox SET activity = X'7B' WHERE place = 1");
    relay.look();
    relay.look();

    assertThat(journal.ids()).containsExactly("1", "3");
    assertThat(relay.status().activities()).isOne();
    assertThat(relay.status().refused()).isOne();
    assertThat(relayLog.takeMessage()).contains("can't be recorded").contains("place 1");
  }

  @Test
  void leavesWhatTheJournalRefusesForGoodTellsItOnceAndGoesOn() throws Exception {
    open(
        new RecordingJournal() {
          @Override
          public CompletableFuture<List<Receipt>> append(List<EncodedActivity> activities) {
            return activities.stream().anyMatch(each -> each.activity().id().equals("3"))
                ? CompletableFuture.failedFuture(new JournalUnavailableException("a row", null))
                : super.append(activities);
          }
        });
    commitAndDie("1", "2", "3", "4", "5");
    relay.look();
    relay.look();

    assertThat(journal.ids()).containsExactly("1", "2", "4", "5");
    assertThat(relay.status().refused()).isOne();
    assertThat(relayLog.takeMessage()).contains("place 2");
  }

  @Test
  void goesOnWhenItsTableCanBeUsedAgainAndToldItOnce() throws Exception {
    commitAndDie("1");
    database.execute("ALTER TABLE trailcast_outbox ALTER COLUMN activity RENAME TO away");
    Thread thread = new Thread(relay);
    thread.start();
    Await.until(() -> relay.status().problem() != null);
    database.execute("ALTER TABLE trailcast_outbox ALTER COLUMN away RENAME TO activity");

    Await.until("it to be recorded", () -> database.waiting() == 0);
    relay.stop();
    thread.join();
    assertThat(journal.ids()).containsExactly("1");
    assertThat(relay.status().problem()).isNull();
    assertThat(relayLog.takeMessage()).startsWith("TRAIL0302E: The outbox can't be used: ");
  }

  @Test
  void makesNoTableWhereItIsNotTold() throws Exception {
    OutboxSettings noTable = new OutboxSettings("jdbc/shop", false, "shop", Duration.ofHours(1));
    database.execute("DROP TABLE trailcast_outbox");
    Relay relay = new Outbox(noTable, intake, journal).open(database, relayClock());
    relay.begin();

    assertThat(relay.status().problem()).startsWith("The outbox can't be used: ");
    assertThat(relayLog.takeMessage()).isEqualTo("TRAIL0302E: " + relay.status().problem());
    assertThatThrownBy(database::waiting).isInstanceOf(SQLException.class);
  }

  @Test
  void saysHowMuchLiesThereAndForHowLong() throws Exception {
    open(new RecordingJournal(batch -> Outcome.UNAVAILABLE));
    Instant before = Instant.now();
    commitAndDie("1", "2");
    relay.look();

    OutboxStatus status = outbox.status().orElseThrow();
    assertThat(status.activities()).isEqualTo(2);
    assertThat(status.oldest()).isBetween(before.minusMillis(1), Instant.now());
    assertThat(status.age(status.oldest().plusSeconds(7))).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void forgetsWhatAnActorDidBeforeItIsRecorded() throws Exception {
    EncodedActivity hers = EncodedActivity.of(Activity.of("alice", "order.placed").withId("2"));
    database.commitAndDie(
        () -> {
          TransactionActivities fired = fire("1");
          fired.add(hers);
          return fired;
        },
        order(1));

    assertThat(outbox.erase("alice")).isOne();
    assertThat(outbox.erase("alice")).isZero();
    relay.look();
    assertThat(journal.ids()).containsExactly("1");
  }

  @Test
  void hasTwoRelaysRecordOnce() throws Exception {
    commitAndDie(ids(1_000));
    Relay second = new Outbox(SETTINGS, intake, journal).open(database, relayClock());
    List<Thread> threads = List.of(new Thread(relay), new Thread(second));
    threads.forEach(Thread::start);
    Await.until("all to be recorded", () -> database.waiting() == 0);
    relay.stop();
    second.stop();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(intake.counts().accepted()).isEqualTo(1_000);
    assertThat(intake.counts().conflicts()).isZero();
  }

  @Test
  void losesNothingOfWhatManyCommitAtOnce() throws Exception {
    Thread relaying = new Thread(relay);
    relaying.start();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int first = t * 100;
      threads.add(
          new Thread(
              () -> {
                for (int i = first; i < first + 100; i++) {
                  try {
                    String number = Integer.toString(i);
                    database.commit(() -> fire("a" + number, "b" + number), order(i));
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    Await.until("the rows to be gone", () -> database.waiting() == 0);
    relay.stop();
    relaying.join();

    assertThat(intake.counts().accepted()).isEqualTo(800);
  }

  private static Clock relayClock() {
    return Clock.fixed(Instant.now().plusSeconds(60), ZoneOffset.UTC);
  }

  private void commit(String... ids) throws Exception {
    database.commit(() -> fire(ids), order(ids.length));
  }

  private void commitAndDie(String... ids) throws Exception {
    database.commitAndDie(() -> fire(ids), order(ids.length));
  }

  private TransactionActivities fire(String... ids) {
    TransactionActivities fired = new TransactionActivities(outbox.begin(), 1 << 20);
    Stream.of(ids).map(OutboxTest::activity).forEach(fired::add);
    return fired;
  }

  private static BusinessDatabase.Business order(int number) {
    return connection -> {
      try (var insert = connection.prepareStatement("INSERT INTO orders VALUES (?)")) {
        insert.setInt(1, number);
        insert.executeUpdate();
      }
    };
  }

  private static EncodedActivity activity(String id) {
    return EncodedActivity.of(Activity.of("bob", "order.placed").withId(id));
  }

  private static String[] ids(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
  }
}
