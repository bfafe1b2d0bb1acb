package dev.trailcast.journal.store;

import static dev.trailcast.journal.TestEntries.offsets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.View;
import dev.trailcast.journal.HandSetClock;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.NewestOfEach;
import dev.trailcast.journal.store.EntryStore.Erasing;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is rare is found wherever it is, whatever has become of the sketches meanwhile. */
class SketchedSearchTest {
  private static final int SLICE = 1_024;
  private static final int ACTOR_BYTES = Long.BYTES + Integer.BYTES; // a hash and a place

  @TempDir Path directory;

  private final Random random = new Random(3);
  private final TreeMap<Long, String> model = new TreeMap<>(); // actors by offset
  private int actors = 1; // so many different ones
  private TestStore journal;

  @BeforeEach
  void open() {
    journal = TestStore.in(directory);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 20_000})
  void findsExactlyWhatIsThereAfterWhateverHappens(int many) throws SQLException {
    actors = many;
    for (int step = 0; step < 60; step++) {
      switch (random.nextInt(8)) {
        case 0 -> reopen();
        case 1 -> expire();
        case 2 -> erase();
        case 3 -> fail();
        default -> append();
      }
      check(actor());
      check("nobody");
      checkNewestOfEach();
    }
    assertThat(query("SELECT count(*) FROM sketch")).isGreaterThan(5);
    assertThat(query("SELECT count(*) FROM chapter")).isPositive();
    assertThat(query("SELECT count(*) FROM chapter WHERE up_to <= " + floor())).isZero();
    assertThat(query("SELECT count(*) FROM sketch WHERE up_to <= " + floor())).isZero();
    assertThat(query("SELECT count(actors) FROM chapter") > 0).isEqualTo(many < SLICE);
  }

  private void append() {
    long offset = journal.head().offset();
    List<EncodedActivity> activities = new ArrayList<>();
    for (int i = random.nextInt(4 * SLICE); i >= 0; i--) {
      String actor = actor();
      activities.add(activity(actor));
      model.put(++offset, actor);
    }
    journal.append(activities);
  }

  private void fail() {
    long head = journal.head().offset();
    assertThatThrownBy(
            () ->
                journal
                    .store()
                    .commit(
                        floor(),
                        entries -> {
                          for (int i = 1; i <= random.nextInt(SLICE) + SLICE; i++) {
                            entries.add(
                                new JournalEntry(
                                    journal.head().at(head + i),
                                    HandSetClock.START,
                                    activity("rolled-back")));
                          }
                          throw new SQLException("on purpose");
                        }))
        .hasMessage("on purpose");
  }

  private void expire() throws SQLException {
    long upTo = floor() + random.nextInt((int) (journal.head().offset() - floor()) / 4 + 1);
    journal.store().commit(upTo, entries -> {});
    model.headMap(upTo, true).clear();
  }

  private void erase() throws SQLException {
    String actor = actor();
    long after = 0;
    while (after < journal.head().offset()) {
      after = journal.store().erase(actor, after, journal.head().offset()).upTo();
    }
    model.values().removeIf(actor::equals);
  }

  private void reopen() {
    journal.close();
    journal = TestStore.in(directory);
  }

  private void check(String actor) {
    List<Long> expected =
        model.entrySet().stream()
            .filter(each -> each.getValue().equals(actor))
            .map(each -> each.getKey())
            .toList();
    assertThat(forward(by(actor))).as(actor).isEqualTo(expected);
    assertThat(backward(by(actor))).as(actor).isEqualTo(expected);
  }

  private void checkNewestOfEach() {
    int most = 1 + random.nextInt(12_000);
    long upTo = journal.head().offset() - random.nextInt(SLICE);
    View view = random.nextBoolean() ? View.unrestricted(ActivityFilter.ALL) : by("actor1*");
    Set<String> seen = new HashSet<>();
    List<Long> expected =
        model.headMap(Math.max(upTo, 0), true).descendingMap().entrySet().stream()
            .filter(each -> matches(view, each.getValue()) && seen.add(each.getValue()))
            .map(each -> each.getKey())
            .limit(most)
            .sorted()
            .toList();
    NewestOfEach newest = new NewestOfEach(Attribute.ACTOR, most);
    for (long at = upTo; at > floor() && !newest.isFull(); ) {
      at = journal.reader().collect(newest, view, at).offset();
    }
    assertThat(newest.offsets()).containsExactlyElementsOf(expected);
  }

  private static boolean matches(View view, String actor) {
    return view.includes(Activity.of(actor, "test.searched"));
  }

  private List<Long> forward(View view) {
    List<Long> offsets = new ArrayList<>();
    long at = 0;
    while (at < journal.head().offset()) {
      JournalPage page = journal.reader().read(at, view, 5);
      offsets.addAll(offsets(page.entries()));
      assertThat(page.upTo().offset()).isGreaterThan(at);
      at = page.upTo().offset();
    }
    return offsets;
  }

  private List<Long> backward(View view) {
    List<Long> offsets = new ArrayList<>();
    long at = journal.head().offset();
    while (at > floor()) {
      JournalPage page = journal.reader().newest(view, at, 5);
      List<Long> found = new ArrayList<>(offsets(page.entries()));
      Collections.reverse(found);
      offsets.addAll(found);
      assertThat(page.after().offset()).isLessThan(at);
      at = page.after().offset();
    }
    Collections.reverse(offsets);
    return offsets;
  }

  @Test
  void passesOverNothingThatIsInNoSlice() {
    List<EncodedActivity> activities =
        new ArrayList<>(
            Collections.nCopies(20 * SLICE, "bob").stream()
                .map(SketchedSearchTest::activity)
                .toList());
    int inNone = 15 * SLICE;
    activities.set(inNone - 1, activity("alice"));
    journal.append(activities);
    forgetSliceOf(inNone);
    journal.append(
        Collections.nCopies(SLICE, "bob").stream().map(SketchedSearchTest::activity).toList());
    assertThat(query("SELECT count(*) FROM chapter")).isOne();

    NewestOfEach newest = new NewestOfEach(Attribute.ACTOR, 10);
    for (long at = journal.head().offset(); at > 0; ) {
      at = journal.reader().collect(newest, View.unrestricted(ActivityFilter.ALL), at).offset();
    }
    assertThat(newest.offsets()).containsExactly((long) inNone, journal.head().offset());
  }

  @Test
  void findsAndErasesWhatIsInNoSlice() throws SQLException {
    int inNone = 15 * SLICE;
    append(20 * SLICE, List.of(inNone - 400, inNone));
    forgetSliceOf(inNone);

    assertThat(forward(by("alice"))).containsExactly(inNone - 400L, (long) inNone);
    assertThat(backward(by("alice"))).containsExactly(inNone - 400L, (long) inNone);
    assertThat(offsets(journal.reader().newest(by("alice"), inNone - 300, 5).entries()))
        .containsExactly(inNone - 400L);

    long head = journal.head().offset();
    long erased = 0;
    for (long at = 0; at < head; ) {
      Erasing erasing = journal.store().erase("alice", at, head);
      erased += erasing.count();
      at = erasing.upTo();
    }
    assertThat(erased).isEqualTo(2);
  }

  /** As if it had been recorded before there were any. */
  private void forgetSliceOf(long offset) {
    journal.close();
    StoreFile.execute(
        directory,
        "DELETE FROM chapter",
        "DELETE FROM sketch WHERE begins_after < %d AND up_to >= %d".formatted(offset, offset));
    journal = TestStore.in(directory);
  }

  @Test
  void findsInOneGoWhatIsInSlicesFarApart() {
    List<Integer> places = List.of(3, 6 * SLICE, 12 * SLICE + 1, 20 * SLICE);
    append(20 * SLICE + 100, places);
    List<Long> offsets = places.stream().map(Integer::longValue).toList();
    JournalPage forward = journal.reader().read(0, by("alice"), 10);
    assertThat(offsets(forward.entries())).isEqualTo(offsets);
    assertThat(forward.upTo()).isEqualTo(journal.head());

    JournalPage backward = journal.reader().newest(by("alice"), journal.head().offset(), 10);
    assertThat(offsets(backward.entries())).isEqualTo(offsets);
    assertThat(backward.after().offset()).isZero();
  }

  @Test
  void looksAtABoundedPartInOneGo() {
    int most = 2 * EntryReader.STRETCH;
    append(
        2 * most, Stream.iterate(1, n -> n < 2 * most, n -> n + SLICE).collect(Collectors.toSet()));
    long head = journal.head().offset();

    assertThat(journal.reader().read(0, by("alice"), 1_000).upTo().offset())
        .isBetween((long) EntryReader.STRETCH, (long) most);
    assertThat(journal.reader().newest(by("alice"), head, 1_000).after().offset())
        .isBetween(head - most, head - EntryReader.STRETCH);
  }

  @Test
  void passesOverABoundedPartInOneGo() throws SQLException {
    append(SLICE, List.of());
    long slices = 1_500;
    long far = slices * SLICE;
    JournalEntry last =
        new JournalEntry(journal.head().at(far), HandSetClock.START, activity("bob"));
    journal.store().commit(floor(), entries -> entries.add(last));
    journal.close();
    StoreFile.execute(
        directory,
        """
        INSERT INTO sketch (up_to, begins_after, filter)
        WITH RECURSIVE slice(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM slice WHERE n < %d)
        SELECT (n + 1) * %d, n * %2$d, (SELECT filter FROM sketch LIMIT 1) FROM slice
        """
            .formatted(slices - 1, SLICE));
    journal = TestStore.in(directory);

    long most = EntryReader.STRETCH * 100L;
    assertThat(journal.reader().read(0, by("nobody"), 5).upTo().offset()).isBetween(1L, most);
    assertThat(journal.reader().newest(by("nobody"), far, 5).after().offset())
        .isBetween(far - most, far - 1);
  }

  /** So many by Bob, but for some that are by Alice. */
  private void append(int many, Collection<Integer> places) {
    journal.append(
        IntStream.rangeClosed(1, many)
            .mapToObj(place -> activity(places.contains(place) ? "alice" : "bob"))
            .toList());
  }

  @Test
  void tellsNothingOfWhatWasErased() throws SQLException {
    List<EncodedActivity> activities = new ArrayList<>();
    for (int i = 0; i < 20 * SLICE; i++) {
      activities.add(activity(i % 10 == 0 ? "alice" : "bob"));
    }
    journal.append(activities);
    assertThat(upTo("alice")).isLessThan(journal.head().offset());
    assertThat(longestOfActors("sketch")).isEqualTo(2 * ACTOR_BYTES);
    assertThat(longestOfActors("chapter")).isEqualTo(2 * Long.BYTES);

    long after = 0;
    while (after < journal.head().offset()) {
      after = journal.store().erase("alice", after, journal.head().offset()).upTo();
    }
    assertThat(longestOfActors("sketch")).isEqualTo(ACTOR_BYTES);
    assertThat(longestOfActors("chapter")).isEqualTo(Long.BYTES);
    assertThat(upTo("alice")).isEqualTo(journal.head().offset());
    assertThat(upTo("bob")).isLessThan(journal.head().offset());
  }

  /** How far a page of five reaches: to the head where no slice may have one. */
  private long upTo(String actor) {
    return journal.reader().read(0, by(actor), 5).upTo().offset();
  }

  private long floor() {
    return journal.store().extent().floor().offset();
  }

  /** What a table has of actors, in the row which has most. */
  private long longestOfActors(String table) {
    return query("SELECT max(length(actors)) FROM " + table);
  }

  private long query(String sql) {
    return StoreFile.query(directory, StoreKind.ORIGINAL, sql);
  }

  /** Some of many, or of few. */
  private String actor() {
    return random.nextInt(3) == 0 ? "actor" + random.nextInt(3) : "actor" + random.nextInt(actors);
  }

  private static EncodedActivity activity(String actor) {
    return EncodedActivity.of(Activity.of(actor, "test.searched"));
  }

  private static View by(String actor) {
    return View.unrestricted(
        new ActivityFilter(Terms.ANY, Terms.parse(List.of(actor)), Terms.ANY, Terms.ANY));
  }
}
