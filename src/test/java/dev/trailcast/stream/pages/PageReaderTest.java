package dev.trailcast.stream.pages;

import static dev.trailcast.stream.search.TestSearches.all;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.View;
import dev.trailcast.journal.Erased;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.search.TestSearches;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.trail.ScriptedJournal;
import dev.trailcast.stream.trail.StartingPoint;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.trail.TailSize;
import dev.trailcast.stream.wire.TestFrames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageReaderTest {
  private static final View ALL = TestTrail.EVERYTHING;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1_000})
  void givesEverythingOncePageByPageAcrossJournalAndTail(int limit) throws Exception {
    try (TestTrail trail = new TestTrail(directory, 50)) {
      trail.record(1, 150);
      PageReader reader = reader(trail);

      List<String> forward = new ArrayList<>();
      Place place = new Place(trail.reader.extent().head().at(0), null);
      ActivityPage.Forward page = after(reader, place, ALL, limit);
      while (!page.upToDate()) {
        assertThat(page.frames()).hasSizeLessThanOrEqualTo(limit);
        forward.addAll(subjects(page));
        page = after(reader, new Place(page.next(), null), ALL, limit);
      }
      forward.addAll(subjects(page));
      assertThat(forward).isEqualTo(numbers(1, 150));
      assertThat(page.next()).isEqualTo(trail.reader.extent().head());

      List<String> backward = new ArrayList<>();
      ActivityPage.Backward older = newest(reader, ALL, limit);
      backward.addAll(subjects(older));
      while (older.next() != null) {
        older = before(reader, older.next().toString(), ALL, limit);
        backward.addAll(subjects(older));
      }
      assertThat(backward).isEqualTo(reversed(numbers(1, 150)));
    }
  }

  @Test
  void givesOnlyWhatBelongsToTheView() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 3)) {
      trail.record(
          List.of(
              Activity.of("alice", "a", "1"),
              Activity.of("bob", "a", "2"),
              Activity.of("alice", "a", "3").withAudience("carol"),
              Activity.of("alice", "a", "4"),
              Activity.of("bob", "a", "5")));
      View alice = TestFrames.ofActor("alice");
      StreamPosition head = trail.reader.extent().head();

      ActivityPage.Forward forward = after(reader(trail), new Place(head.at(0), null), alice, 10);
      assertThat(subjects(forward)).containsExactly("1", "4");
      assertThat(forward.next()).isEqualTo(head.at(4));
      assertThat(forward.upToDate()).isTrue();
      assertThat(subjects(newest(reader(trail), alice, 10))).containsExactly("4", "1");
    }
  }

  @Test
  void isTheSameUntilSomethingOfItsOwnIsRecorded() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 3)) {
      View alice = TestFrames.ofActor("alice");
      trail.record(List.of(Activity.of("alice", "a", "1"), Activity.of("alice", "a", "2")));
      byte[] first = lastTwo(trail, alice);

      trail.record(List.of(Activity.of("bob", "a", "3")));
      assertThat(lastTwo(trail, alice)).isEqualTo(first);

      trail.record(List.of(Activity.of("alice", "a", "4")));
      assertThat(lastTwo(trail, alice)).isNotEqualTo(first);
    }
  }

  private static byte[] lastTwo(TestTrail trail, View view) {
    Place place = all(new StartingPoint.Last(2).in(trail.reader, trail.trail.tail(), view));
    return after(reader(trail), place, view, 10).json();
  }

  @Test
  void leavesOutTheOneThatItGoesBackFrom() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      List<StreamPosition> positions = trail.record(1, 5);

      ActivityPage.Backward page = before(reader(trail), positions.get(2).toString(), ALL, 1);

      assertThat(subjects(page)).containsExactly("2");
      assertThat(page.next()).isEqualTo(positions.get(1));
    }
  }

  @Test
  void saysThatNothingIsOlder() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      trail.record(1, 2);

      assertThat(newest(reader(trail), ALL, 2).next()).isNull();
    }
  }

  @Test
  void endsAPageThatIsLargeEnough() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 1_000)) {
      String large = "x".repeat(60_000);
      trail.record(
          IntStream.rangeClosed(1, 60)
              .mapToObj(n -> Activity.of("alice", "a", Integer.toString(n)).withData(large))
              .toList());

      ActivityPage.Forward forward =
          after(reader(trail), new Place(trail.reader.extent().head().at(0), null), ALL, 1_000);
      assertThat(forward.frames()).hasSizeBetween(15, 20);
      assertThat(forward.upToDate()).isFalse();
      ActivityPage.Backward older = newest(reader(trail), ALL, 1_000);
      assertThat(older.frames()).hasSizeBetween(15, 25);
      assertThat(older.next()).isNotNull();
    }
  }

  @Test
  void leavesAGapThatOpensInTheMiddleToTheNextPage() {
    ScriptedJournal journal = new ScriptedJournal();
    journal.appendAll(1, 30);
    journal.givePagesOf(10);
    journal.beforeReading(
        read -> {
          if (read == 2) {
            journal.expire(20);
          }
        });
    PageReader reader = reader(journal);
    StreamPosition tenth = TestFrames.START.at(10);

    ActivityPage.Forward page = after(reader, new Place(TestFrames.START, null), ALL, 100);
    assertThat(subjects(page)).isEqualTo(numbers(1, 10));
    assertThat(page.next()).isEqualTo(tenth);
    assertThat(page.upToDate()).isFalse();
    assertThat(page.gap()).isNull();
    page = after(reader, new Place(page.next(), null), ALL, 100);
    assertThat(page.gap()).isEqualTo(new Gap(Gap.Reason.EXPIRED, tenth.toString(), tenth.at(20)));
    assertThat(subjects(page)).isEqualTo(numbers(21, 30));
  }

  @Test
  void readsEachActivityOnceWhereItGoesBackwards() {
    ScriptedJournal journal = new ScriptedJournal();
    journal.appendAll(1, 30);
    journal.givePagesOf(10);

    ActivityPage.Backward page = newest(reader(journal), ALL, 25);
    assertThat(subjects(page)).isEqualTo(reversed(numbers(6, 30)));
    assertThat(page.next()).isEqualTo(TestFrames.START.at(6));
    assertThat(journal.given()).isEqualTo(25);
  }

  @Test
  void goesBackOverHoles() {
    ScriptedJournal journal = new ScriptedJournal();
    journal.append(3, 7, 20);
    journal.skipTo(40);

    ActivityPage.Backward page = newest(reader(journal), ALL, 2);
    assertThat(subjects(page)).containsExactly("20", "7");
    page = before(reader(journal), page.next().toString(), ALL, 2);
    assertThat(subjects(page)).containsExactly("3");
    assertThat(page.next()).isNull();
  }

  @Test
  void isUpToDateThoughItIsFullWhereNothingOfItsOwnLiesBehind() {
    ScriptedJournal journal = new ScriptedJournal();
    journal.appendAll(1, 10);
    journal.skipTo(40);
    journal.givePagesOf(10);
    PageReader reader = reader(journal);
    Place beginning = new Place(TestFrames.START, null);

    assertThat(after(reader, beginning, ALL, 10).upToDate()).isTrue();
    assertThat(after(reader, beginning, ALL, 9).upToDate()).isFalse();
  }

  @Test
  void goesOnWhereAPageForwardsWasLeftOff() {
    ScriptedJournal journal = new ScriptedJournal();
    journal.appendAll(1, 30);
    journal.givePagesOf(10);
    PageReader reader = reader(journal);
    View nobody = TestFrames.ofActor("nobody");

    ActivityPage page =
        TestSearches.after(2, reader.after(new Place(TestFrames.START, null), ALL, 100));
    assertThat(subjects(page)).isEqualTo(numbers(1, 20));
    assertThat(page.next()).isEqualTo(TestFrames.START.at(20));
    assertThat(page.isLast()).isFalse();
    assertThat(subjects(after(reader, new Place(page.next(), null), ALL, 100)))
        .isEqualTo(numbers(21, 30));

    page = TestSearches.after(0, reader.after(new Place(TestFrames.START, null), nobody, 100));
    assertThat(page.next()).isEqualTo(TestFrames.START);
    assertThat(page.isLast()).isFalse();
  }

  @Test
  void goesOnWhereAPageBackwardsWasLeftOff() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      trail.record(List.of(Activity.of("rare", "a", "first")));
      for (int n = 1; n <= 15_000; n += 5_000) {
        trail.record(n, 5_000);
      }
      View rare = TestFrames.ofActor("r*"); // too short for a sketch to know of: it takes two steps
      PageReader reader = reader(trail);

      ActivityPage page = TestSearches.after(1, reader.newest(rare, 10));
      assertThat(page.frames()).isEmpty();
      assertThat(page.next().offset()).isEqualTo(5_002);
      page = TestSearches.after(1, reader.before(page.next().toString(), rare, 10));
      assertThat(subjects(page)).containsExactly("first");
      assertThat(page.next()).isNull();
    }
  }

  @Test
  void announcesWhatRetentionHasTaken() throws Exception {
    Retention few = new Retention(Duration.ofDays(1), 100, 1L << 30);
    try (TestTrail trail = new TestTrail(directory, 10, few)) {
      StreamPosition first = trail.record(1, 1).get(0);
      for (int n = 2; n < 3_000; n += 100) {
        trail.record(n, 100);
      }
      StreamPosition floor = trail.awaitFloor(trail.reader.extent().head().offset() - 100);
      PageReader reader = reader(trail);

      ActivityPage.Forward behind = after(reader, new Place(first, null), ALL, 1_000);
      assertThat(behind.gap()).isEqualTo(new Gap(Gap.Reason.EXPIRED, first.toString(), floor));
      assertThat(behind.frames().get(0).offset()).isEqualTo(floor.offset() + 1);
      assertThat(before(reader, first.toString(), ALL, 10))
          .isEqualTo(
              new ActivityPage.Backward(
                  List.of(), null, new Gap(Gap.Reason.EXPIRED, first.toString(), floor)));
      ActivityPage.Backward oldest = newest(reader, ALL, 1_000);
      assertThat(oldest.next()).isNull();
      assertThat(oldest.gap()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "other-1"})
  void announcesAPositionToGoBackFromThatIsNoneOfThisJournal(String position) throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      trail.record(1, 3);
      awaitTail(trail);
      StreamPosition head = trail.reader.extent().head();

      ActivityPage.Backward page = before(reader(trail), position, ALL, 10);

      assertThat(page.gap()).isEqualTo(new Gap(Gap.Reason.UNKNOWN, position, head));
      assertThat(subjects(page)).containsExactly("3", "2", "1");
    }
  }

  @Test
  void betraysNothingThatIsNotOfTheView() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      List<StreamPosition> open = trail.record(1, 3);
      List<String> before = everyPage(trail, open);

      for (int n = 0; n < 20; n++) {
        trail.record(List.of(Activity.of("alice", "a", "4").withAudience("bob")));
        assertThat(everyPage(trail, open)).isEqualTo(before);
      }
    }
  }

  /** What comes of every way to ask for a page. */
  private static List<String> everyPage(TestTrail trail, List<StreamPosition> open) {
    awaitTail(trail);
    PageReader reader = reader(trail);
    StreamPosition last = open.get(2);
    List<ActivityPage> pages = new ArrayList<>();
    for (StartingPoint point :
        List.of(
            StartingPoint.of("earliest", null, null, null),
            StartingPoint.of(open.get(1).toString(), null, null, null),
            StartingPoint.of(last.toString(), null, null, null),
            StartingPoint.of(last.at(last.offset() + 1).toString(), null, null, null),
            StartingPoint.of("nonsense", Instant.now().plusSeconds(60), null, null),
            StartingPoint.of(null, Instant.now().plusSeconds(60), null, null),
            StartingPoint.of(null, null, 0, null),
            StartingPoint.of(null, null, 2, null))) {
      for (View view : List.of(ALL, TestFrames.ofActor("nobody"))) {
        Place place = all(point.in(trail.reader, trail.trail.tail(), view));
        for (int limit : new int[] {1, 3, 10}) {
          pages.add(after(reader, place, view, limit));
        }
      }
    }
    for (String before :
        List.of("nonsense", last.toString(), last.at(last.offset() + 1).toString())) {
      pages.add(before(reader, before, ALL, 2));
      pages.add(before(reader, before, ALL, 10));
    }
    pages.add(newest(reader, ALL, 2));
    pages.add(newest(reader, ALL, 10));
    return pages.stream().map(page -> new String(page.json(), StandardCharsets.UTF_8)).toList();
  }

  private static void awaitTail(TestTrail trail) {
    Await.until(() -> trail.trail.tail().head().equals(trail.reader.extent().head()));
  }

  @Test
  void goesBackFromTheNewestWhereAPositionIsNobodysYet() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      trail.record(1, 3);
      StreamPosition ahead = trail.reader.extent().head().at(99);

      ActivityPage.Backward page = before(reader(trail), ahead.toString(), ALL, 10);

      assertThat(page.gap()).isNull();
      assertThat(subjects(page)).containsExactly("3", "2", "1");
    }
  }

  private static ActivityPage.Forward after(PageReader reader, Place place, View view, int limit) {
    return (ActivityPage.Forward) all(reader.after(place, view, limit));
  }

  private static ActivityPage.Backward before(
      PageReader reader, String position, View view, int limit) {
    return (ActivityPage.Backward) all(reader.before(position, view, limit));
  }

  private static ActivityPage.Backward newest(PageReader reader, View view, int limit) {
    return (ActivityPage.Backward) all(reader.newest(view, limit));
  }

  /** From the journal alone. */
  private static PageReader reader(ScriptedJournal journal) {
    StreamPosition head = journal.extent().head();
    return new PageReader(journal, new Tail(new TailSize(1, 1), head));
  }

  private static PageReader reader(TestTrail trail) {
    return new PageReader(trail.reader, trail.trail.tail());
  }

  private static List<String> subjects(ActivityPage page) {
    return page.frames().stream().map(frame -> frame.activity().subject()).toList();
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }

  private static List<String> reversed(List<String> values) {
    List<String> all = new ArrayList<>(values);
    Collections.reverse(all);
    return all;
  }

  @Test
  void tellsOfAnErasureInJournalOrderAndHasNothingThatIsErased() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 5)) {
      trail.record(1, 20);
      Erased erased = trail.journal.erase("alice").get(Await.LIMIT_SECONDS, TimeUnit.SECONDS);
      PageReader reader = reader(trail);
      Await.until(() -> trail.trail.tail().head().offset() == erased.position().offset());

      Place start = new Place(trail.reader.extent().head().at(0), null);
      View ofBob = TestFrames.ofActor("bob");
      for (View view : List.of(ALL, ofBob)) {
        ActivityPage.Forward page = after(reader, start, view, 1_000);
        assertThat(page.gap()).isNull();
        assertThat(page.frames())
            .extracting(frame -> frame.activity().type())
            .containsExactly(Activity.ERASED);
        assertThat(newest(reader, view, 1_000).frames()).isEmpty();
      }
    }
  }
}
