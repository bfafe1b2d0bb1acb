package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static dev.trailcast.journal.embedded.JournalSetup.floor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.Receipt.Outcome;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.store.StoreFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that versions of Trailcast have made, as they made them: they are never changed. A new
 * version of the schema gets a file of its own here, which {@link #hasAFileOfThisVersion} makes.
 */
class FormatTest {
  private static final Path FILES = Path.of("src/test/resources/journals");
  private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-11-26T12:00:00Z");
  private static final int LET_GO = 500;

  @TempDir Path directory;

  private static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void goesOnInAFileOfEachVersionThereWas(Path file) throws Exception {
    Files.copy(file, directory.resolve("journal.db"));
    List<String> told;
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      assertThat(told(all(journal))).isEqualTo(expected());
      assertThat(floor(journal).offset()).isEqualTo(LET_GO);
      assertThat(outcome(journal, kept().get(0))).isEqualTo(Outcome.DUPLICATE);
      assertThat(outcome(journal, kept().get(0).withData("another"))).isEqualTo(Outcome.CONFLICT);
      assertThat(outcome(journal, erased(1))).isEqualTo(Outcome.RECORDED);
      append(journal, numbered(1, 20_000)); // more than one slice
      told = told(all(journal));
      assertThat(told)
          .startsWith(expected().toArray(String[]::new))
          .hasSize(expected().size() + 20_001);
    }
    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      assertThat(told(all(journal))).isEqualTo(told);
      assertThat(outcome(journal, kept().get(0))).isEqualTo(Outcome.DUPLICATE);
    }
  }

  @Test
  void hasAFileOfThisVersion() throws Exception {
    HandSetClock clock = new HandSetClock();
    Retention aDay = new Retention(Duration.ofDays(1), Long.MAX_VALUE, Long.MAX_VALUE);
    try (EmbeddedJournal journal = JournalSetup.in(directory).with(clock).with(aDay).open()) {
      append(journal, IntStream.range(0, LET_GO).mapToObj(n -> encoded("old-" + n)).toList());
      clock.advance(Duration.ofDays(2));
      append(journal, kept().subList(0, 2).stream().map(EncodedActivity::of).toList());
      append(journal, List.of(EncodedActivity.of(erased(1)), EncodedActivity.of(erased(2))));
      append(journal, kept().subList(2, kept().size()).stream().map(EncodedActivity::of).toList());
      journal.erase("mallory").get(Await.LIMIT_SECONDS, TimeUnit.SECONDS);
      Await.until(() -> floor(journal).offset() == LET_GO);
    }
    long version = StoreFile.query(directory, "PRAGMA user_version");
    Path file = FILES.resolve("journal-%d.db".formatted(version));
    if (!Files.exists(file)) {
      Path made = Files.createDirectories(Path.of("target/journals")).resolve(file.getFileName());
      Files.copy(directory.resolve("journal.db"), made, StandardCopyOption.REPLACE_EXISTING);
      fail(
          "There is none of this version yet: put %s into %s and commit it".formatted(made, FILES));
    }
  }

  /** What is in each of the files, beside what tells of the erasure. */
  private static List<Activity> kept() {
    return List.of(
        Activity.of("alice", "test.kept", "orders/1").withId("1").withTime(TIME),
        activity("2").withSource("/shop").withAudience("bob role:support"),
        activity("3").withJson("{\"text\":\"Grüße 🐘 \\\"quoted\\\"\",\"number\":1.5}"),
        activity("4").withExtension("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00"),
        activity("5").withData("x".repeat(60_000))); // runs over into pages of its own
  }

  private static Activity erased(int number) {
    return activity("erased-" + number).withActor("mallory");
  }

  private static Activity activity(String id) {
    return Activity.of(null, "test.kept").withId(id).withTime(TIME);
  }

  private static EncodedActivity encoded(String id) {
    return EncodedActivity.of(activity(id));
  }

  /** Places and texts of a journal, which tells of one erasure. */
  private static List<String> told(List<JournalEntry> entries) {
    List<String> told = new ArrayList<>();
    int erasures = 0;
    for (JournalEntry entry : entries) {
      Optional<Erasure> erasure = Erasure.in(entry.activity());
      if (erasure.isPresent()) {
        assertThat(erasure.get().concerns(erased(1), erasure.get().upTo())).isTrue();
        erasures++;
      } else {
        told.add(told(entry.offset(), entry.encoded()));
      }
    }
    assertThat(erasures).isOne();
    return told;
  }

  private static List<String> expected() {
    List<String> expected = new ArrayList<>();
    long offset = LET_GO;
    for (Activity activity : kept()) {
      offset += offset == LET_GO + 2 ? 3 : 1; // between them some were erased
      expected.add(told(offset, EncodedActivity.of(activity)));
    }
    return expected;
  }

  private static String told(long offset, EncodedActivity activity) {
    return offset + " " + new String(activity.json(), StandardCharsets.UTF_8);
  }

  private static Outcome outcome(EmbeddedJournal journal, Activity activity) {
    return append(journal, EncodedActivity.of(activity)).outcome();
  }
}
