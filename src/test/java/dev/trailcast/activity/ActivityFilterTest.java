package dev.trailcast.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.ActivityFilter.Terms;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ActivityFilterTest {
  private final Activity activity =
      Activity.of("alice", "page.viewed", "products/42").withSource("/shop");
  private final Activity bare = Activity.of(null, "page.viewed");

  @Test
  void asksForEverythingByDefault() {
    assertThat(ActivityFilter.ALL.matches(activity)).isTrue();
    assertThat(ActivityFilter.ALL.matches(bare)).isTrue();
  }

  @Test
  void matchesAnyTermOfOneAttribute() {
    assertThat(types("order.placed", "page.viewed").matches(activity)).isTrue();
    assertThat(types("order.placed", "page.*").matches(activity)).isTrue();
    assertThat(types("order.placed", "order.*").matches(activity)).isFalse();
  }

  @Test
  void matchesAllAttributesThatAreAskedAbout() {
    assertThat(filter("page.viewed", "alice", "/shop", "products/*").matches(activity)).isTrue();
    assertThat(filter("page.left", "alice", "/shop", "products/*").matches(activity)).isFalse();
    assertThat(filter("page.viewed", "bob", "/shop", "products/*").matches(activity)).isFalse();
    assertThat(filter("page.viewed", "alice", "/blog", "products/*").matches(activity)).isFalse();
    assertThat(filter("page.viewed", "alice", "/shop", "orders/*").matches(activity)).isFalse();
  }

  @Test
  void matchesAnyOfManyPrefixesAsEachOfThemWould() {
    Random random = new Random(42);
    for (int round = 0; round < 500; round++) {
      List<String> prefixes =
          Stream.generate(() -> anyWord(random)).limit(random.nextInt(1, 9)).toList();
      Terms terms = new Terms(Set.of(), prefixes);
      for (int i = 0; i < 50; i++) {
        String value = anyWord(random);
        assertThat(terms.match(value))
            .as("%s of %s", value, prefixes)
            .isEqualTo(prefixes.stream().anyMatch(value::startsWith));
      }
    }
  }

  private static String anyWord(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      word.append("ab\u00e9\ud83d\ude00*".charAt(random.nextInt(6)));
    }
    return word.toString();
  }

  @Test
  void needsNoPrefixThatBeginsWithAnother() {
    assertThat(Terms.parse(List.of("ab*", "abc*", "b*", "abd*", "a*")))
        .isEqualTo(Terms.parse(List.of("b*", "a*")));
  }

  @Test
  void matchesExactlyUnlessAStarTrails() {
    assertThat(types("page.view").matches(activity)).isFalse();
    assertThat(types("page.viewed*").matches(activity)).isTrue();
    assertThat(types("*.viewed").matches(activity)).isFalse();
    assertThat(types("PAGE.VIEWED").matches(activity)).isFalse();
  }

  @Test
  void matchesAValueThatEndsInAStarWhereThatIsEscaped() {
    ActivityFilter starred = ofSubject("5\\*");

    assertThat(starred.matches(Activity.of("alice", "rated", "5*"))).isTrue();
    assertThat(starred.matches(Activity.of("alice", "rated", "5"))).isFalse();
    assertThat(starred.matches(Activity.of("alice", "rated", "5*+"))).isFalse();
    assertThat(ofSubject("5\\\\*").matches(Activity.of("alice", "rated", "5\\*"))).isTrue();
  }

  private static ActivityFilter ofSubject(String term) {
    return new ActivityFilter(Terms.ANY, Terms.ANY, Terms.ANY, Terms.parse(List.of(term)));
  }

  @Test
  void writesItsTermsAsTheyAreRead() {
    List<String> written = List.of("5\\\\*", "a", "b*");

    assertThat(Terms.parse(written).written()).isEqualTo(written);
    assertThat(Terms.ANY.written()).isEmpty();
  }

  @Test
  void findsNoTermInAnAbsentAttributeNotEvenAStar() {
    ActivityFilter anyActor =
        new ActivityFilter(Terms.ANY, Terms.parse(List.of("*")), Terms.ANY, Terms.ANY);

    assertThat(anyActor.matches(activity)).isTrue();
    assertThat(anyActor.matches(bare)).isFalse();
  }

  @Test
  void isEqualInWhateverOrderItsTermsWereGiven() {
    assertThat(Terms.parse(List.of("b*", "a", "a*", "c", "a")))
        .isEqualTo(Terms.parse(List.of("c", "a*", "b*", "a")))
        .isNotEqualTo(Terms.parse(List.of("c", "a*", "b*")));
    assertThat(Terms.parse(List.of())).isEqualTo(Terms.ANY);
  }

  @Test
  void refusesAnEmptyTerm() {
    assertThatThrownBy(() -> Terms.parse(List.of("a", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must not be empty");
  }

  private static ActivityFilter types(String... types) {
    return new ActivityFilter(Terms.parse(List.of(types)), Terms.ANY, Terms.ANY, Terms.ANY);
  }

  private static ActivityFilter filter(String type, String actor, String source, String subject) {
    return new ActivityFilter(
        Terms.parse(List.of(type)),
        Terms.parse(List.of(actor)),
        Terms.parse(List.of(source)),
        Terms.parse(List.of(subject)));
  }
}
