package dev.trailcast.stream.trail;

import static dev.trailcast.stream.search.TestSearches.after;
import static dev.trailcast.stream.search.TestSearches.all;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.search.Search;
import dev.trailcast.stream.wire.TestFrames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartingPointTest {
  @TempDir Path directory;

  @Test
  void beginsNowIfNothingIsSaid() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      StreamPosition head = trail.record("a", "b").get(1);
      assertThat(place(trail, null, null, null)).isEqualTo(new Place(head, null));
    }
  }

  @Test
  void goesOnWhereTheReaderWas() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      StreamPosition first = trail.record("a", "b").get(0);
      assertThat(place(trail, first.toString(), Instant.EPOCH, 1))
          .isEqualTo(new Place(first, null));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "other-1",
        "%s-99",
        "%s--1",
        "%s-",
        "-1",
        "%s-1x",
        "%s-99999999999999999999"
      })
  void announcesAPositionThatIsNoneOfThisJournalAndGoesOnNow(String form) throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      StreamPosition head = trail.record("a", "b").get(1);
      String position = form.formatted(head.epoch());
      assertThat(place(trail, position, null, null))
          .isEqualTo(new Place(head, new Gap(Gap.Reason.UNKNOWN, position, head)));
    }
  }

  @Test
  void goesOnFromSinceOrLastWhereThePositionIsUnknown() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      List<StreamPosition> positions = trail.record("a", "b", "c");
      StreamPosition head = positions.get(2);
      StreamPosition beginning = head.at(0);
      assertThat(place(trail, "nonsense", Instant.EPOCH, 1).position()).isEqualTo(beginning);
      assertThat(place(trail, "nonsense", null, 2).position()).isEqualTo(positions.get(0));
    }
  }

  @Test
  void announcesThatWhatComesNextIsNoLongerKept() throws Exception {
    Retention few = new Retention(Duration.ofDays(1), 100, 1L << 30);
    try (TestTrail trail = new TestTrail(directory, 10, few)) {
      StreamPosition first = trail.record(1, 1).get(0);
      for (int n = 2; n < 3_000; n += 100) {
        trail.record(n, 100);
      }
      StreamPosition floor = trail.awaitFloor(trail.reader.extent().head().offset() - 100);
      assertThat(place(trail, first.toString(), null, null))
          .isEqualTo(new Place(floor, new Gap(Gap.Reason.EXPIRED, first.toString(), floor)));
      assertThat(place(trail, floor.toString(), null, null)).isEqualTo(new Place(floor, null));
      assertThat(place(trail, "earliest", null, null)).isEqualTo(new Place(floor, null));
    }
  }

  @Test
  void tellsNobodyOfAPlaceThatItMayNotSee() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      StreamPosition open = trail.record("a", "b").get(1);
      StreamPosition closed =
          trail.record(List.of(Activity.of("alice", "c").withAudience("bob"))).get(0);
      Instant later = Instant.now().plusSeconds(60);

      assertThat(place(trail, null, null, null)).isEqualTo(new Place(open, null));
      assertThat(place(trail, null, later, null)).isEqualTo(new Place(open, null));
      for (StreamPosition beyond : List.of(closed, closed.at(closed.offset() + 1))) {
        assertThat(place(trail, beyond.toString(), null, null))
            .isEqualTo(new Place(open, new Gap(Gap.Reason.UNKNOWN, beyond.toString(), open)));
      }
      View bob = new View(ActivityFilter.ALL, new Viewer("bob", Set.of()));
      assertThat(
              all(
                  StartingPoint.of(closed.toString(), null, null, null)
                      .in(trail.reader, tail(trail), bob)))
          .isEqualTo(new Place(closed, null));
    }
  }

  @Test
  void waitsForWhatAnotherNodeHasTold() {
    ScriptedJournal journal = new ScriptedJournal();
    journal.appendAll(1, 9);
    journal.mayComeTo(20);
    Tail tail = new Tail(new TailSize(10, 1 << 20), journal.extent().head());
    StreamPosition ahead = tail.head().at(20);
    StreamPosition nobodys = tail.head().at(21);

    assertThat(place(journal, tail, ahead)).isEqualTo(new Place(ahead, null));
    assertThat(place(journal, tail, nobodys))
        .isEqualTo(
            new Place(tail.head(), new Gap(Gap.Reason.UNKNOWN, nobodys.toString(), tail.head())));
  }

  private static Place place(ScriptedJournal journal, Tail tail, StreamPosition position) {
    return all(
        StartingPoint.of(position.toString(), null, null, null)
            .in(journal, tail, TestTrail.EVERYTHING));
  }

  @Test
  void knowsWhatTheTailHasNotHeardOfYet() {
    ScriptedJournal journal = new ScriptedJournal();
    journal.appendAll(1, 9);
    Tail behind = new Tail(new TailSize(10, 1 << 20), TestFrames.START);
    behind.add(TestFrames.frames(1, 2, "alice"));
    StreamPosition fourth = TestFrames.START.at(4);

    assertThat(
            all(
                StartingPoint.of(fourth.toString(), null, null, null)
                    .in(journal, behind, TestTrail.EVERYTHING)))
        .isEqualTo(new Place(fourth, null));
    assertThat(all(new StartingPoint.Last(2).in(journal, behind, TestTrail.EVERYTHING)))
        .isEqualTo(new Place(TestFrames.START.at(7), null));
  }

  @Test
  void looksInTheJournalForAPlaceToTellOfWhereTheTailDoesNotReachBackSoFar() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      StreamPosition open = trail.record("a").get(0);
      trail.record(List.of(Activity.of("alice", "c").withAudience("bob")));
      Await.until(() -> Instant.now().isAfter(newest(trail)));
      Instant since = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      trail.record(1, 50);

      assertThat(place(trail, null, since, null)).isEqualTo(new Place(open, null));
    }
  }

  private static Instant newest(TestTrail trail) {
    return Instant.ofEpochMilli(tail(trail).recorded().get(1).recorded()).plusMillis(1);
  }

  @Test
  void beginsBeforeTheNewestThatMatch() throws Exception {
    View as =
        new View(
            new ActivityFilter(Terms.parse(List.of("a")), Terms.ANY, Terms.ANY, Terms.ANY),
            Viewer.ANONYMOUS);
    try (TestTrail trail = new TestTrail(directory, 10)) {
      List<StreamPosition> positions = trail.record("a", "a", "b", "a", "b");
      StreamPosition head = positions.get(4);
      StartingPoint two = StartingPoint.of(null, null, 2, null);
      assertThat(all(two.in(trail.reader, tail(trail), as)).position()).isEqualTo(positions.get(0));
      assertThat(place(trail, null, null, 0).position()).isEqualTo(head);
      assertThat(place(trail, null, null, 99).position()).isEqualTo(head.at(0));
    }
  }

  @Test
  void looksBackForTheNewestThatMatchHoweverFarThatIs() {
    ScriptedJournal journal = new ScriptedJournal();
    journal.append(3, 7, 8, 20, 21, 22);
    StreamPosition head = journal.skipTo(40).upTo();
    journal.givePagesOf(2);

    assertThat(newest(5, journal)).as("behind the one before them").isEqualTo(head.at(3));
    assertThat(newest(1, journal)).isEqualTo(head.at(21));
    assertThat(newest(Integer.MAX_VALUE, journal)).isEqualTo(head.at(0));
    journal.expire(20);
    assertThat(newest(Integer.MAX_VALUE, journal)).isEqualTo(head.at(20));
    journal.expire(40);
    assertThat(newest(5, journal)).isEqualTo(head);
  }

  @Test
  void beginsWithTheNewestThatWereFoundWhereItIsLeftOff() {
    ScriptedJournal journal = new ScriptedJournal();
    journal.appendAll(1, 40);
    journal.givePagesOf(10);

    assertThat(after(0, last(25, journal)).position().offset()).isEqualTo(40);
    assertThat(after(2, last(25, journal)).position().offset()).isEqualTo(20);
    assertThat(after(3, last(25, journal)).position().offset()).isEqualTo(15);
  }

  @Test
  void givesTheNewestOfEachThatWereFoundWhereItIsLeftOff() {
    ScriptedJournal journal = new ScriptedJournal();
    StreamPosition head = journal.appendAll(1, 40).upTo();
    journal.givePagesOf(10);
    Search<Place> latest =
        new StartingPoint.Latest(Attribute.SUBJECT)
            .in(journal, tail(journal), TestTrail.EVERYTHING);

    Place place = after(2, latest);

    assertThat(place.position()).isEqualTo(head.at(20));
    assertThat(place.selection().offsets()).hasSize(20).contains(21L, 40L);
    assertThat(place.selection().upTo()).isEqualTo(40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k3f9-2", "k3f9-0", "earliest"})
  void needsToLookForNoPositionOfThisJournal(String position) {
    ScriptedJournal journal = new ScriptedJournal();
    StreamPosition head = journal.appendAll(1, 4).upTo();

    assertThat(
            StartingPoint.of(position, Instant.EPOCH, 3, null)
                .in(journal, tail(journal), TestTrail.EVERYTHING)
                .isOver())
        .isTrue();
    assertThat(journal.reads()).isZero();
  }

  private static StreamPosition newest(int count, ScriptedJournal journal) {
    return all(last(count, journal)).position();
  }

  private static Search<Place> last(int count, ScriptedJournal journal) {
    return new StartingPoint.Last(count).in(journal, tail(journal), TestTrail.EVERYTHING);
  }

  private static Place place(TestTrail trail, String position, Instant since, Integer last) {
    return all(
        StartingPoint.of(position, since, last, null)
            .in(trail.reader, tail(trail), TestTrail.EVERYTHING));
  }

  /** Once it has everything. */
  private static Tail tail(TestTrail trail) {
    Tail tail = trail.trail.tail();
    Await.until(() -> tail.head().equals(trail.reader.extent().head()));
    return tail;
  }

  /** An empty one. */
  private static Tail tail(ScriptedJournal journal) {
    return new Tail(new TailSize(1, 1), journal.extent().head());
  }
}
