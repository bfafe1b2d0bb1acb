package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.TestEntries.ids;
import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static dev.trailcast.journal.embedded.JournalSetup.floor;
import static dev.trailcast.journal.embedded.JournalSetup.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Erased;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalFullException;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.Receipt.Outcome;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.store.StoreFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasingTest {
  private static final String NAME = "Zq7unmistakable9";
  private static final int KILLS = 5;

  @TempDir Path directory;

  private final Random random = new Random(42);

  @Test
  void erasesWhatAnActorDidAndNothingElse() {
    try (EmbeddedJournal journal = open()) {
      append(journal, List.of(by(NAME, "1"), by("bob", "2"), by(null, "3"), by(NAME + "x", "4")));

      assertThat(erase(journal).count()).isOne();

      assertThat(idsOfOthers(journal)).containsExactly("2", "3", "4");
    }
  }

  @Test
  void tellsOfItInTheJournalWithoutTheName() {
    try (EmbeddedJournal journal = open()) {
      StreamPosition last = append(journal, by(NAME, "1")).position();
      Erased erased = erase(journal);

      JournalEntry told = all(journal).get(0);
      Erasure erasure = Erasure.in(told.activity()).orElseThrow();
      assertThat(told.position()).isEqualTo(erased.position()).isEqualTo(head(journal));
      assertThat(erasure.upTo()).isEqualTo(last);
      assertThat(erasure.concerns(by(NAME, "1").activity(), last)).isTrue();
      assertThat(erasure.concerns(by(NAME, "5").activity(), last.at(last.offset() + 1))).isFalse();
      assertThat(erasure.concerns(by("bob", "2").activity(), last)).isFalse();
      assertThat(erasure.concerns(by(null, "3").activity(), last)).isFalse();
      assertThat(new String(told.encoded().json(), StandardCharsets.UTF_8)).doesNotContain(NAME);
    }
  }

  @Test
  void leavesNothingInAnyFileWhileTheJournalIsOpen() throws Exception {
    try (EmbeddedJournal journal = open()) {
      for (int i = 0; i < 60; i++) {
        append(journal, mixed(100));
      }
      assertThat(filesWith(NAME)).isNotEmpty();

      assertThat(erase(journal).count()).isPositive();

      assertThat(filesWith(NAME)).isEmpty();
    }
    assertThat(filesWith(NAME)).isEmpty();
    assertThat(problemsOfTheFile()).isEqualTo("ok");
  }

  @Test
  void leavesNothingOfWhatRetentionHadTakenBefore() throws IOException {
    Retention few = new Retention(Duration.ofDays(1), 500, Long.MAX_VALUE);
    try (EmbeddedJournal journal = JournalSetup.in(directory).with(few).open()) {
      for (int i = 0; i < 60; i++) {
        append(journal, mixed(100));
      }
      erase(journal);

      assertThat(filesWith(NAME)).isEmpty();
    }
  }

  @Test
  void leavesPositionsAsTheyAreAndNoGap() {
    try (EmbeddedJournal journal = open()) {
      StreamPosition first = append(journal, by(NAME, "1")).position();
      append(journal, List.of(by("bob", "2"), by(NAME, "3")));
      erase(journal);

      assertThat(floor(journal).offset()).isZero();
      assertThat(head(journal)).isEqualTo(first.at(4));
      assertThat(journal.reader().read(first.offset(), 10).after()).isEqualTo(first);
      assertThat(append(journal, by("bob", "5")).position()).isEqualTo(first.at(5));
    }
    try (EmbeddedJournal journal = open()) {
      assertThat(head(journal).offset()).isEqualTo(5);
    }
  }

  @Test
  void erasesWhatWasAcceptedBeforeAndIsNotDurableYet() {
    try (EmbeddedJournal journal = open()) {
      CompletableFuture<List<Receipt>> before = journal.append(List.of(by(NAME, "1")));
      CompletableFuture<Erased> erased = journal.erase(NAME);

      assertThat(answer(erased).count()).isOne();
      assertThat(before).isCompleted();
    }
  }

  @Test
  void erasesNothingTheSecondTime() {
    try (EmbeddedJournal journal = open()) {
      append(journal, by(NAME, "1"));

      assertThat(erase(journal).count()).isOne();
      assertThat(erase(journal).count()).isZero();
    }
  }

  @Test
  void takesForNewWhatWasErased() {
    try (EmbeddedJournal journal = open()) {
      append(journal, by(NAME, "1"));
      erase(journal);

      assertThat(append(journal, by("bob", "1")).outcome()).isEqualTo(Outcome.RECORDED);
    }
  }

  @Test
  void countsForRetentionOnlyWhatIsKept() {
    Retention four = new Retention(Duration.ofDays(1), 4, Long.MAX_VALUE);
    try (EmbeddedJournal journal = JournalSetup.in(directory).with(four).open()) {
      append(journal, List.of(by("bob", "1"), by(NAME, "2"), by(NAME, "3"), by(NAME, "4")));
      erase(journal);
      append(journal, numbered(1, 2));
      Await.until(() -> journal.status().queued() == 0);

      assertThat(ids(all(journal))).hasSize(4).contains("1", "a1", "a2");
    }
  }

  @Test
  void recordsMeanwhileWhatOthersBring() {
    try (EmbeddedJournal journal = open()) {
      for (int i = 0; i < 30; i++) {
        append(journal, several(NAME, 1_000));
      }
      CompletableFuture<Erased> erased = journal.erase(NAME);
      List<CompletableFuture<Boolean>> meanwhile = new ArrayList<>();
      for (int i = 1; i <= 10; i++) {
        meanwhile.add(journal.append(List.of(numbered(i))).thenApply(receipts -> !erased.isDone()));
      }

      assertThat(answer(erased).count()).isEqualTo(30_000);
      assertThat(meanwhile).allSatisfy(each -> assertThat(each.join()).isTrue());
      assertThat(idsOfOthers(journal)).hasSize(10);
    }
  }

  @Test
  void turnsAwayWhoAsksWhereTooManyAreNotDone() throws Exception {
    try (EmbeddedJournal journal = open()) {
      append(journal, by(NAME, "1"));
      List<CompletableFuture<Erased>> asked = new ArrayList<>();
      try (Connection reading = StoreFile.connect(directory);
          Statement statement = reading.createStatement()) {
        statement.execute("BEGIN");
        statement.execute("SELECT count(*) FROM entry"); // and so keeps the first from its end
        while (asked.size() < EmbeddedJournal.MOST_ERASURES) {
          asked.add(journal.erase("bob"));
        }
        assertThatThrownBy(() -> journal.erase(NAME)).isInstanceOf(JournalFullException.class);
      }

      asked.forEach(ErasingTest::answer);
      assertThat(erase(journal).count()).isOne();
    }
  }

  @Test
  void saysThatItIsNotDoneWhereTheJournalIsClosed() {
    EmbeddedJournal journal = open();
    journal.close();

    assertThatThrownBy(() -> journal.erase(NAME)).isInstanceOf(JournalUnavailableException.class);
  }

  @Test
  void answersNobodyWhoseErasureIsCutShort() {
    EmbeddedJournal journal = open();
    for (int i = 0; i < 30; i++) {
      append(journal, several(NAME, 1_000));
    }
    CompletableFuture<Erased> erased = journal.erase(NAME);
    journal.close();

    assertThatThrownBy(erased::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(JournalUnavailableException.class);
  }

  @Test
  void losesNothingElseWhereItIsKilledAndErasesAllWhenItIsAskedAgain() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    long left = 0;
    int cutShort = 0;
    for (int run = 0; run < KILLS; run++) {
      try (ChildJournal child = ChildJournal.startErasing(directory, run, NAME, 10)) {
        child.awaitAcknowledged(1 + random.nextInt(200));
        child.kill();
        acknowledged.addAll(child.acknowledged());
      }
      try (EmbeddedJournal journal = open()) {
        long before = left + 10_000;
        left = idsOf(NAME, journal).size();
        if (acknowledged.remove(ChildJournal.ERASED)) {
          assertThat(left).isZero();
        }
        cutShort += 0 < left && left < before ? 1 : 0;
        assertThat(idsOf("child", journal)).containsSubsequence(acknowledged);
      }
      assertThat(problemsOfTheFile()).isEqualTo("ok");
    }
    assertThat(cutShort).isPositive();

    try (EmbeddedJournal journal = open()) {
      assertThat(erase(journal).count()).isEqualTo(left);
      assertThat(filesWith(NAME)).isEmpty();
      assertThat(idsOf("child", journal)).containsSubsequence(acknowledged);
    }
  }

  private static List<String> idsOf(String actor, EmbeddedJournal journal) {
    return all(journal).stream()
        .map(JournalEntry::activity)
        .filter(activity -> actor.equals(activity.actor()))
        .map(Activity::id)
        .toList();
  }

  private EmbeddedJournal open() {
    return JournalSetup.in(directory).open();
  }

  private static Erased erase(EmbeddedJournal journal) {
    return answer(journal.erase(NAME));
  }

  private static Erased answer(CompletableFuture<Erased> erased) {
    return erased.orTimeout(Await.LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }

  private static EncodedActivity by(String actor, String id) {
    return EncodedActivity.of(Activity.of(actor, "test.done").withId(id));
  }

  private static List<EncodedActivity> several(String actor, int count) {
    return Stream.generate(() -> by(actor, UUID.randomUUID().toString())).limit(count).toList();
  }

  /** Some by the actor, with its name everywhere, small and large, and ids in no order. */
  private List<EncodedActivity> mixed(int count) {
    List<EncodedActivity> activities = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = new UUID(random.nextLong(), random.nextLong()).toString();
      String name = random.nextInt(3) == 0 ? NAME : "bob" + random.nextInt(10);
      activities.add(
          EncodedActivity.of(
              Activity.of(name, "test.done", name + "/cart")
                  .withId(id + name)
                  .withSource("/" + name)
                  .withData((name + " ").repeat(random.nextInt(5) == 0 ? 2_000 : 5))));
    }
    return activities;
  }

  private static List<String> idsOfOthers(EmbeddedJournal journal) {
    return all(journal).stream()
        .map(JournalEntry::activity)
        .filter(activity -> !activity.isErasure())
        .map(Activity::id)
        .toList();
  }

  private String problemsOfTheFile() throws SQLException {
    try (Connection file =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
        Statement statement = file.createStatement();
        ResultSet found = statement.executeQuery("PRAGMA integrity_check")) {
      found.next();
      return found.getString(1);
    }
  }

  private List<Path> filesWith(String text) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file.getFileName());
        }
      }
    }
    return found;
  }
}
