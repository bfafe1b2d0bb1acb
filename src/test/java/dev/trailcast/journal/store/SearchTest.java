package dev.trailcast.journal.store;

import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.TestEntries.offsets;
import static dev.trailcast.journal.store.StoreFile.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.NewestOfEach;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
  private static final View ALL = new View(ActivityFilter.ALL, Viewer.ANONYMOUS);
  private static final Instant START = HandSetClock.START;

  @TempDir Path directory;

  private final HandSetClock clock = new HandSetClock();
  private TestStore journal;

  @BeforeEach
  void open() {
    journal = TestStore.in(directory, clock);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void beginsBeforeTheFirstEntrySinceAMoment() {
    appendOneASecond(10);

    assertThat(before(START)).isZero();
    assertThat(before(START.plusSeconds(1))).isEqualTo(1);
    assertThat(before(START.plusSeconds(4))).isEqualTo(4);
    assertThat(before(START.plusMillis(4_001))).isEqualTo(5);
    assertThat(before(START.plusSeconds(4).plusNanos(1))).isEqualTo(5);
    assertThat(before(START.plusSeconds(9))).isEqualTo(9);
    assertThat(before(START.plusMillis(9_001))).isEqualTo(10);
    assertThat(before(Instant.MIN)).isZero();
    assertThat(before(Instant.MAX)).isEqualTo(10);
  }

  @Test
  void beginsBeforeTheFirstOfThoseRecordedAtOnce() {
    journal.append(numbered(1, 3));
    clock.advance(Duration.ofSeconds(1));
    journal.append(numbered(4, 7));

    assertThat(before(START)).isZero();
    assertThat(before(START.plusMillis(1))).isEqualTo(3);
    assertThat(before(START.plusSeconds(1))).isEqualTo(3);
    assertThat(before(START.plusMillis(1_001))).isEqualTo(7);
  }

  @Test
  void beginsAtTheHeadOfAnEmptyJournal() {
    assertThat(before(START)).isZero();
    assertThat(journal.reader().newest(ALL, 0, 10))
        .isEqualTo(new JournalPage(journal.head(), List.of(), journal.head()));
  }

  @Test
  void findsTheMomentAcrossHoles() {
    appendOneASecond(40);
    execute(directory, "DELETE FROM entry WHERE offset IN (1, 2, 5) OR offset BETWEEN 8 AND 30");

    for (int second = 0; second < 42; second++) {
      Instant since = START.plusSeconds(second);
      List<Long> expected =
          Stream.iterate(1L, offset -> offset <= 40, offset -> offset + 1)
              .filter(offset -> !Set.of(1L, 2L, 5L).contains(offset))
              .filter(offset -> offset < 8 || offset > 30)
              .filter(offset -> !START.plusSeconds(offset - 1).isBefore(since))
              .toList();
      assertThat(offsets(journal.reader().read(before(since), 100).entries())).isEqualTo(expected);
    }
  }

  @Test
  void beginsAtTheHeadWhereTheNewestAreHolesAndNothingIsRecent() {
    appendOneASecond(10);
    execute(directory, "DELETE FROM entry WHERE offset > 5");

    assertThat(before(START.plusSeconds(4))).isEqualTo(4);
    assertThat(before(START.plusSeconds(5))).isEqualTo(10);
    assertThat(journal.reader().read(5, 100).upTo().offset()).isEqualTo(10);
  }

  @Test
  void givesTheNewestOfAViewInJournalOrder() {
    appendBy("alice", "bob", "alice", "carol", "bob", "alice");

    assertThat(newest(1, "alice")).containsExactly(6L);
    assertThat(newest(2, "alice")).containsExactly(3L, 6L);
    assertThat(newest(3, "alice")).containsExactly(1L, 3L, 6L);
    assertThat(newest(9, "alice")).containsExactly(1L, 3L, 6L);
    assertThat(newest(1, "carol", "bob")).containsExactly(5L);
    assertThat(newest(2, "carol", "bob")).containsExactly(4L, 5L);
    assertThat(newest(1, "dave")).isEmpty();
  }

  @Test
  void goesBackPageByPage() {
    appendBy("alice", "bob", "alice", "carol", "bob", "alice");

    JournalPage page = journal.reader().newest(by("alice"), 6, 2);
    assertThat(page.after().offset()).isEqualTo(2);
    assertThat(page.upTo().offset()).isEqualTo(6);
    page = journal.reader().newest(by("alice"), 2, 2);
    assertThat(offsets(page.entries())).containsExactly(1L);
    assertThat(page.after().offset()).isZero();
    assertThat(page.upTo().offset()).isEqualTo(2);
  }

  @Test
  void endsAPageBackwardsAtAQuarterOfAMegabyte() {
    String large = "x".repeat(100_000);
    for (int i = 0; i < 6; i++) {
      journal.append(EncodedActivity.of(Activity.of("alice", "test.large").withData(large)));
    }

    JournalPage page = journal.reader().newest(ALL, 6, 100);
    assertThat(offsets(page.entries())).containsExactly(4L, 5L, 6L);
    assertThat(page.after().offset()).isEqualTo(3);
  }

  @Test
  void findsTheNewestOfEachActor() {
    appendBy("alice", "bob", "alice", "carol", "bob", "alice");

    assertThat(newestOfEach(ALL, 6, 10)).containsExactly(4L, 5L, 6L);
    assertThat(newestOfEach(ALL, 4, 10)).containsExactly(2L, 3L, 4L);
    assertThat(newestOfEach(ALL, 6, 2)).containsExactly(5L, 6L);
    assertThat(newestOfEach(by("alice", "c*"), 6, 10)).containsExactly(4L, 6L);
    assertThat(newestOfEach(by("nobody"), 6, 10)).isEmpty();
    assertThat(newestOfEach(Attribute.SUBJECT, ALL, 6, 10)).isEmpty(); // they have none
  }

  @Test
  void findsTheNewestOfEachHoweverLongAgo() {
    appendBy("alice");
    journal.append(numbered(1, 25_000));
    long head = head();

    assertThat(newestOfEach(by("alice"), head, 10)).hasSize(1);
    assertThat(newestOfEach(by("alice"), 1, 10)).containsExactly(1L);
  }

  @Test
  void findsTheNewestOfEachThatAViewerMaySee() {
    journal.append(
        List.of(
            EncodedActivity.of(Activity.of("alice", "t").withId("1")),
            EncodedActivity.of(Activity.of("alice", "t").withId("2").withAudience("bobby"))));
    View bob = new View(ActivityFilter.ALL, new Viewer("bob", Set.of())); // as SQL has it, he may
    View bobby = new View(ActivityFilter.ALL, new Viewer("bobby", Set.of()));

    assertThat(newestOfEach(bob, 2, 10)).containsExactly(1L);
    assertThat(newestOfEach(bobby, 2, 10)).containsExactly(2L);
  }

  @Test
  void findsAnOlderOneWhereAViewerMayNotSeeTheNewestOfASlice() {
    appendBy("carol");
    journal.append(List.of(EncodedActivity.of(Activity.of("carol", "t").withAudience("bob"))));
    journal.append(numbered(1, 2_000));

    assertThat(newestOfEach(ALL, head(), 10)).containsExactly(1L, head());
  }

  private NavigableSet<Long> newestOfEach(View view, long upTo, int most) {
    return newestOfEach(Attribute.ACTOR, view, upTo, most);
  }

  private NavigableSet<Long> newestOfEach(Attribute attribute, View view, long upTo, int most) {
    NewestOfEach newest = new NewestOfEach(attribute, most);
    long end = upTo;
    while (!newest.isFull() && end > journal.reader().extent().floor().offset()) {
      end = journal.reader().collect(newest, view, end).offset();
    }
    return newest.offsets();
  }

  @Test
  void scansABoundedStretchAtATimeAndSaysHowFarItCame() {
    appendBy("bob");
    journal.append(numbered(1, 25_000));
    appendBy("bob");

    View view = by("b*"); // which sketches know nothing of
    JournalPage page = journal.reader().read(1, view, 10);
    assertThat(page.entries()).isEmpty();
    assertThat(page.upTo().offset()).isEqualTo(10_001);
    page = journal.reader().read(20_001, view, 10);
    assertThat(offsets(page.entries())).containsExactly(25_002L);
    assertThat(page.upTo()).isEqualTo(journal.head());
    page = journal.reader().newest(view, 25_001, 10);
    assertThat(page.entries()).isEmpty();
    assertThat(page.after().offset()).isEqualTo(15_001);
  }

  @Test
  void passesOverWhereSketchesSayThatThereIsNothing() {
    appendBy("bob");
    journal.append(numbered(1, 25_000));
    appendBy("bob");

    JournalPage page = journal.reader().read(1_024, by("bob"), 10); // which ends with a slice
    assertThat(offsets(page.entries())).containsExactly(25_002L);
    page = journal.reader().newest(by("bob"), 24_576, 10);
    assertThat(offsets(page.entries())).containsExactly(1L);
    page = journal.reader().read(1, by("carol"), 10);
    assertThat(page.entries()).isEmpty();
    assertThat(page.upTo()).isEqualTo(journal.head());
    page = journal.reader().newest(by("carol"), 24_576, 10);
    assertThat(page.entries()).isEmpty();
    assertThat(page.after().offset()).isZero();
  }

  @Test
  void takesPrefixesLiterally() {
    appendBy("50%", "50_", "50*", "50%off", "500", "5", "x50%");

    assertThat(reads("50%*")).containsExactly(1L, 4L);
    assertThat(reads("50_*")).containsExactly(2L);
    assertThat(reads("50**")).containsExactly(3L);
    assertThat(reads("50*")).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(reads("50%")).containsExactly(1L);
    assertThat(reads("*")).hasSize(7);
  }

  @Test
  void matchesCaseAndAccentsExactly() {
    appendBy("Éva", "éva", "E\u0301va", "eva", "EVA");

    assertThat(reads("Éva")).containsExactly(1L);
    assertThat(reads("é*")).containsExactly(2L);
    assertThat(reads("E*")).containsExactly(3L, 5L);
  }

  @Test
  void matchesPrefixesOfCharactersBeyondSixteenBits() {
    appendBy("🐢🐇", "🐢", "🐇🐢", "a🐢b", "🐢x");

    assertThat(reads("🐢*")).containsExactly(1L, 2L, 5L);
    assertThat(reads("🐢🐇*")).containsExactly(1L);
    assertThat(reads("a🐢*")).containsExactly(4L);
    assertThat(reads("a\uD83D*")).containsExactly(4L); // half a turtle: as startsWith has it
    assertThat(reads("\uD83D*")).containsExactly(1L, 2L, 3L, 5L);
  }

  @Test
  void servesMoreTermsThanSqlTakes() {
    appendBy("alice", "bob", "carol");
    String[] many =
        Stream.concat(
                Stream.iterate(0, i -> i + 1).limit(3_000).map(i -> "x" + i + "*"),
                Stream.of("bob"))
            .toArray(String[]::new);

    assertThat(reads(many)).containsExactly(2L);
    Set<String> roles =
        Set.copyOf(Stream.iterate(0, i -> i + 1).limit(3_000).map(i -> "role" + i).toList());
    assertThat(
            offsets(
                journal
                    .reader()
                    .read(0, new View(ActivityFilter.ALL, new Viewer("alice", roles)), 10)
                    .entries()))
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void showsWhatHasAnAudienceToNobodyElse() {
    appendFor(null);
    appendFor("alice");
    appendFor("role:staff");
    appendFor("alicette bob role:staffer");

    assertThat(seenBy(Viewer.ANONYMOUS)).containsExactly(1L);
    assertThat(seenBy(new Viewer("alice", Set.of()))).containsExactly(1L, 2L);
    assertThat(seenBy(new Viewer("alice", Set.of("staff")))).containsExactly(1L, 2L, 3L);
    assertThat(seenBy(new Viewer(null, Set.of("staff")))).containsExactly(1L, 3L);
    assertThat(seenBy(new Viewer("bob", Set.of("staffer")))).containsExactly(1L, 4L);
    assertThat(seenBy(new Viewer("role:staff", Set.of("alice")))).containsExactly(1L);
    assertThat(offsets(journal.reader().newest(ALL, head(), 9).entries())).containsExactly(1L);
  }

  private void appendOneASecond(int count) {
    for (int i = 1; i <= count; i++) {
      journal.append(numbered(i));
      clock.advance(Duration.ofSeconds(1));
    }
  }

  private void appendBy(String... actors) {
    journal.append(
        Stream.of(actors)
            .map(actor -> EncodedActivity.of(Activity.of(actor, "page.viewed")))
            .toList());
  }

  private void appendFor(String audience) {
    Activity activity = Activity.of("system", "user.notified");
    journal.append(
        EncodedActivity.of(audience == null ? activity : activity.withAudience(audience)));
  }

  private long head() {
    return journal.head().offset();
  }

  private long before(Instant since) {
    return journal.reader().before(since).offset();
  }

  private List<Long> newest(int count, String... actors) {
    return offsets(journal.reader().newest(by(actors), head(), count).entries());
  }

  private List<Long> reads(String... actors) {
    return offsets(journal.reader().read(0, by(actors), 100).entries());
  }

  private List<Long> seenBy(Viewer viewer) {
    return offsets(journal.reader().read(0, new View(ActivityFilter.ALL, viewer), 100).entries());
  }

  private static View by(String... actors) {
    Terms terms = Terms.parse(List.of(actors));
    return new View(new ActivityFilter(Terms.ANY, terms, Terms.ANY, Terms.ANY), Viewer.ANONYMOUS);
  }
}
