package dev.trailcast.journal.store.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.Attribute;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SketchTest {
  private final Sketch sketch = new Sketch();

  @Test
  void knowsTheValuesThatItHasAndHardlyAnyOther() {
    for (int i = 0; i < Sketch.ACTIVITIES; i++) {
      sketch.add(Activity.of("actor" + i, "page.viewed", "subject" + i));
    }

    for (int i = 0; i < Sketch.ACTIVITIES; i++) {
      assertThat(sketch.mayHave(Attribute.ACTOR, "actor" + i)).isTrue();
      assertThat(sketch.mayHave(Attribute.SUBJECT, "subject" + i)).isTrue();
    }
    long mistaken =
        IntStream.range(0, 10_000)
            .filter(i -> sketch.mayHave(Attribute.ACTOR, "another" + i))
            .count();
    assertThat(mistaken).isLessThan(200);
  }

  @Test
  void keepsAttributesApart() {
    sketch.add(Activity.of("alice", "page.viewed", "bob"));

    assertThat(sketch.mayHave(actor("alice"))).isTrue();
    assertThat(sketch.mayHave(actor("bob"))).isFalse();
    assertThat(sketch.mayHave(actor("page.viewed"))).isFalse();
  }

  @Test
  void asksForOneTermOfEachAttribute() {
    sketch.add(Activity.of("alice", "page.viewed"));

    assertThat(sketch.mayHave(ActivityFilter.ALL)).isTrue();
    assertThat(sketch.mayHave(actor("bob", "alice"))).isTrue();
    assertThat(sketch.mayHave(filter(terms("page.viewed"), terms("alice")))).isTrue();
    assertThat(sketch.mayHave(filter(terms("page.left"), terms("alice")))).isFalse();
    assertThat(sketch.mayHave(filter(terms("page.viewed"), terms("bob")))).isFalse();
  }

  @Test
  void knowsOfAPrefixWhatComesUpToASeparator() {
    sketch.add(Activity.of("a/b.c:d/e/f", "page.viewed"));

    for (String prefix : List.of("a/*", "a/b.*", "a/b.c:*", "a/b.c:d/*", "a/b.c:d/e/f*", "*")) {
      assertThat(sketch.mayHave(actor(prefix))).as(prefix).isTrue();
    }
    assertThat(sketch.mayHave(actor("a*"))).isTrue();
    assertThat(sketch.mayHave(actor("x*"))).as("it can't tell").isTrue();
    assertThat(sketch.mayHave(actor("a/x*"))).as("nor there").isTrue();
    assertThat(sketch.mayHave(actor("a/b.c:d/x/*"))).as("nor behind so many").isTrue();
    assertThat(sketch.mayHave(actor("b/*"))).isFalse();
    assertThat(sketch.mayHave(actor("a/x.y*"))).isFalse();
    assertThat(sketch.mayHave(actor("a/b.c:d*"))).isTrue();
    assertThat(sketch.mayHave(actor("a/"))).as("which is no prefix").isFalse();
  }

  @Test
  void isTheSameFromWhatWasWritten() {
    sketch.add(Activity.of("alice", "page.viewed"));

    Sketch read = Sketch.of(sketch.toBytes());
    assertThat(read.mayHave(actor("alice"))).isTrue();
    assertThat(read.mayHave(actor("bob"))).isFalse();
  }

  private static ActivityFilter actor(String... terms) {
    return filter(Terms.ANY, terms(terms));
  }

  private static Terms terms(String... terms) {
    return Terms.parse(List.of(terms));
  }

  private static ActivityFilter filter(Terms types, Terms actors) {
    return new ActivityFilter(types, actors, Terms.ANY, Terms.ANY);
  }
}
