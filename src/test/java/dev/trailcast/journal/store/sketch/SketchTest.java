package dev.trailcast.journal.store.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.Attribute;
import dev.trailcast.journal.store.hash.SipHash;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchTest {
  private static final SipHash HASH = new SipHash(new byte[SipHash.KEY_BYTES]);
  private static final ActivityFilter ALL = ActivityFilter.ALL;

  private final Draft draft = new Draft(0, HASH);

  private void add(Activity activity) {
    draft.add(draft.activities() + 1, attribute -> attribute.of(activity));
  }

  private boolean mayHave(ActivityFilter filter) {
    return SketchedFilter.of(filter).test(Sketch.of(draft.toBytes()));
  }

  @Test
  void knowsTheValuesThatItHasAndHardlyAnyOther() {
    for (int i = 0; i < Sketch.ACTIVITIES; i++) {
      add(Activity.of("actor" + i, "page.viewed", "subject" + i));
    }
    Sketch sketch = Sketch.of(draft.toBytes());

    for (int i = 0; i < Sketch.ACTIVITIES; i++) {
      assertThat(SketchedFilter.of(ALL.withActors("actor" + i)).test(sketch)).isTrue();
      assertThat(SketchedFilter.of(ALL.withSubjects("subject" + i)).test(sketch)).isTrue();
    }
    long mistaken =
        IntStream.range(0, 10_000)
            .filter(i -> SketchedFilter.of(ALL.withActors("another" + i)).test(sketch))
            .count();
    assertThat(mistaken).isLessThan(50);
  }

  @Test
  void keepsAttributesApart() {
    add(Activity.of("alice", "page.viewed", "bob"));

    assertThat(mayHave(ALL.withActors("alice"))).isTrue();
    assertThat(mayHave(ALL.withActors("bob"))).isFalse();
    assertThat(mayHave(ALL.withActors("page.viewed"))).isFalse();
  }

  @Test
  void asksForOneTermOfEachAttribute() {
    add(Activity.of("alice", "page.viewed"));

    assertThat(mayHave(ALL)).isTrue();
    assertThat(mayHave(ALL.withActors("bob", "alice"))).isTrue();
    assertThat(mayHave(ALL.withActors("bob", "al*"))).isTrue();
    assertThat(mayHave(ALL.withActors("bob", "ca*"))).isFalse();
    assertThat(mayHave(ALL.withTypes("page.viewed").withActors("alice"))).isTrue();
    assertThat(mayHave(ALL.withTypes("page.left").withActors("alice"))).isFalse();
    assertThat(mayHave(ALL.withTypes("page.viewed").withActors("bob"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "u*",
        "us*",
        "user*",
        "user-*",
        "user-1*",
        "user-12345678*",
        "user-123456789*"
      })
  void hasWhateverBeginsLikeThat(String prefix) {
    add(Activity.of("user-123456789", "page.viewed"));

    assertThat(mayHave(ALL.withActors(prefix))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"xy*", "usex*", "user/*", "user-1x*", "user-1234567x*", "user"})
  void hasNothingThatBeginsLikeThat(String prefix) {
    add(Activity.of("user-123456789", "page.viewed"));

    assertThat(mayHave(ALL.withActors(prefix))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x*", "user-1234567890*", "a/b/c/d/e/f/g/h/x/*", "a/b/c/d/e/f/g/h/xyz*"})
  void canNotTellOfAllThatBeginsLikeThat(String prefix) {
    add(Activity.of("user-123456789", "page.viewed"));
    add(Activity.of("a/b/c/d/e/f/g/h/i", "page.viewed"));

    assertThat(mayHave(ALL.withActors(prefix))).isTrue();
  }

  @Test
  void knowsWhereTheNewestOfEachIs() {
    for (String actor : List.of("alice", "bob", "alice", "carol")) {
      add(Activity.of(actor, "page.viewed"));
    }
    byte[] newest = draft.newest(Attribute.ACTOR);

    assertThat(NewestEntries.unknown(newest, 0, new KnownValues(HASH, List.of())))
        .containsExactly(4L, 3L, 2L);
    assertThat(NewestEntries.unknown(newest, 0, new KnownValues(HASH, List.of("bob", "dave"))))
        .containsExactly(4L, 3L);
  }

  @Test
  void knowsNoneWhereTheSliceIsTooLong() {
    Draft longest = new Draft(0, HASH);
    longest.add(Integer.MAX_VALUE, attribute -> "alice");
    assertThat(longest.newest(Attribute.ACTOR)).isNotNull();

    longest.add(Integer.MAX_VALUE + 1L, attribute -> "alice");
    assertThat(longest.newest(Attribute.ACTOR)).isNull();
  }
}
