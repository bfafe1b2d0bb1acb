package dev.trailcast.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityTest {
  private final Activity activity = Activity.of("alice", "page.viewed", "products/42");

  @Test
  void isCompleteFromBirth() {
    assertThat(activity.actor()).isEqualTo("alice");
    assertThat(activity.type()).isEqualTo("page.viewed");
    assertThat(activity.subject()).isEqualTo("products/42");
    assertThat(activity.source()).isEqualTo("/");
    assertThat(activity.time()).isNotNull();
    assertThat(activity.audience()).isNull();
    assertThat(activity.extensions()).isEmpty();
    assertThat(activity.data()).isNull();
    assertThat(UUID.fromString(activity.id()).version()).isEqualTo(7);
  }

  @Test
  void needsNeitherActorNorSubject() {
    Activity activity = Activity.of(null, "clock.struck");

    assertThat(activity.actor()).isNull();
    assertThat(activity.subject()).isNull();
  }

  @Test
  void isAnotherEachTime() {
    assertThat(Activity.of("alice", "page.viewed").id())
        .isNotEqualTo(Activity.of("alice", "page.viewed").id());
  }

  @Test
  void staysAsItWasWhenAnotherIsMadeFromIt() {
    Activity other =
        activity
            .withId("1")
            .withSource("/shop")
            .withActor("bob")
            .withAudience("carol")
            .withTime(OffsetDateTime.parse("2026-01-31T12:00:00Z"))
            .withExtension("traceparent", "00-1")
            .withData(Map.of("ms", 12));

    assertThat(activity.source()).isEqualTo("/");
    assertThat(activity.extensions()).isEmpty();
    assertThat(other.id()).isEqualTo("1");
    assertThat(other.source()).isEqualTo("/shop");
    assertThat(other.actor()).isEqualTo("bob");
    assertThat(other.audience().users()).containsExactly("carol");
    assertThat(other.time()).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(other.extensions()).containsExactly(Map.entry("traceparent", "00-1"));
    assertThat(other.data()).hasToString("{\"ms\":12}");
    assertThat(other.subject()).isEqualTo(activity.subject());
    assertThat(other.type()).isEqualTo(activity.type());
  }

  @Test
  void keepsItsExtensionsWhateverBecomesOfTheMapTheyCameIn() {
    Map<String, Object> map = new HashMap<>(Map.of("one", 1));
    Activity activity =
        new Activity(
            "1",
            "/",
            "t",
            OffsetDateTime.parse("2026-01-31T12:00:00Z"),
            null,
            null,
            null,
            map,
            null);

    map.put("two", 2);

    assertThat(activity.extensions()).containsOnlyKeys("one");
  }

  @Test
  void needsAnId() {
    refuses("id", () -> activity.withId(null));
    refuses("id", () -> activity.withId(""));
  }

  @Test
  void needsATime() {
    refuses("time", () -> activity.withTime(null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\nb", "a\rb", "a\u007fb", "a\u0085b", "a\ud800b", "\udc00"})
  void refusesControlCharactersAndHalfSurrogatePairsInEachText(String text) {
    refuses("id", () -> activity.withId(text));
    refuses("source", () -> activity.withSource(text));
    refuses("actor", () -> activity.withActor(text));
    refuses("subject", () -> Activity.of("alice", "page.viewed", text));
    refuses("note", () -> activity.withExtension("note", text));
    assertThatThrownBy(() -> activity.withAudience(text))
        .isInstanceOf(InvalidActivityException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice smith", "Żółć", "名前", "🐎", "a\u2028b", "<b>\"&'"})
  void takesAnyOtherTextAsActor(String text) {
    assertThat(activity.withActor(text).actor()).isEqualTo(text);
  }

  @Test
  void refusesAnEmptyActorAndAnEmptySubject() {
    refuses("actor", () -> activity.withActor(""));
    refuses("subject", () -> Activity.of("alice", "page.viewed", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "page.viewed", "Order/placed:v2", "a_b-c", "0"})
  void takesTypesOfItsForm(String type) {
    assertThat(Activity.of("alice", type).type()).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".page", "page viewed", "é", "a\n", "a*", "trailcast.gap"})
  void refusesOtherTypesAndOurOwn(String type) {
    refuses("type", () -> Activity.of("alice", type));
  }

  @Test
  void takesTypesOf128CharactersButNotOfMore() {
    assertThat(Activity.of("alice", "t".repeat(128)).type()).hasSize(128);
    refuses("type", () -> Activity.of("alice", "t".repeat(129)));
    refuses("type", () -> Activity.of("alice", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/shop", "shop", "https://example.org/a?b=c#d", "urn:a:b", "a%20b"})
  void takesUriReferencesAsSource(String source) {
    assertThat(activity.withSource(source).source()).isEqualTo(source);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a%2", "http://[", "{shop}"})
  void refusesWhatIsNoUriReferenceAsSource(String source) {
    refuses("source", () -> activity.withSource(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-0001-01-01T00:00:00Z", "+10000-01-01T00:00:00Z", "2026-01-01T00:00:00+00:00:01"})
  void refusesTimesThatRfc3339CannotSay(String time) {
    refuses("time", () -> activity.withTime(OffsetDateTime.parse(time)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "traceParent", "trace_parent", "trace-parent", "é", "data_base32"})
  void refusesExtensionsThatCloudEventsCannotName(String name) {
    assertThatThrownBy(() -> activity.withExtension(name, "1"))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessageContaining("is no attribute");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "actor", "audience", "data", "position", "specversion", "time"})
  void refusesExtensionsThatAreAttributesAlready(String name) {
    refuses(name, () -> activity.withExtension(name, "1"));
  }

  @Test
  void takesTextsBooleansAndIntegersAsExtensionsAndNothingElse() {
    assertThat(activity.withExtension("flag", true).withExtension("count", -1).extensions())
        .containsExactly(Map.entry("count", -1), Map.entry("flag", true));
    refuses("count", () -> activity.withExtension("count", 1L));
    refuses("count", () -> activity.withExtension("count", 0.5));
    refuses("count", () -> activity.withExtension("count", null));
  }

  @Test
  void takesNoDataAndAnyData() {
    assertThat(activity.withData(null).data()).isNull();
    assertThat(activity.withData("a\"b").data()).hasToString("\"a\\\"b\"");
    assertThat(activity.withJson(" [ 1.0 , 2 ] ").data()).hasToString("[1.0,2]");
    assertThatThrownBy(() -> activity.withJson("{")).isInstanceOf(InvalidActivityException.class);
  }

  @Test
  void takesBytesAsBase64InsteadOfOtherData() {
    Activity bytes = activity.withExtension("data_base64", "AP8=");

    assertThat(bytes.tellsTheSame(activity)).isFalse();
    assertThat(bytes.tellsTheSame(bytes.withId("2"))).isTrue();
    for (Object other : new Object[] {"A", "A-8=", "AP8=\n", "AP8", 7}) {
      refuses("data_base64", () -> activity.withExtension("data_base64", other));
    }
    refuses("data_base64", () -> bytes.withData(7));
  }

  @Test
  void takesNoBytesWhereItsTypeSaysJsonOrText() {
    Activity bytes = activity.withExtension("data_base64", "AP8=");

    assertThat(bytes.withExtension("datacontenttype", "image/png").extensions()).hasSize(2);
    refuses("data_base64", () -> bytes.withExtension("datacontenttype", "application/json"));
    refuses("data_base64", () -> bytes.withExtension("datacontenttype", "text/plain"));
  }

  private static void refuses(String attribute, ThrowingCallable making) {
    assertThatThrownBy(making)
        .isInstanceOfSatisfying(
            InvalidActivityException.class, e -> assertThat(e.attribute()).contains(attribute))
        .hasMessageMatching("\"?" + attribute + "\"? .*");
  }
}
