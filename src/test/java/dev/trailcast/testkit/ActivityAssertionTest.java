package dev.trailcast.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ActivityAssertionTest {
  private static final Activity ORDER =
      Activity.of("alice", "order.placed", "orders/17")
          .withId("17")
          .withSource("/shop")
          .withAudience("role:support alice")
          .withExtension("cart", 3)
          .withJson("{\"total\": 42, \"items\": [1, 2]}");

  @Test
  void goesOnWhereEverythingIsAsExpected() {
    ActivityAssertion.assertThat(ORDER)
        .hasType("order.placed")
        .hasActor("alice")
        .hasSubject("orders/17")
        .hasId("17")
        .hasSource("/shop")
        .hasAudience("alice role:support")
        .hasExtension("cart", 3)
        .hasData(Map.of("items", List.of(1, 2), "total", 42))
        .hasJson("{\"items\":[1,2],\"total\":42}");
    ActivityAssertion.assertThat(Activity.of(null, "ticked"))
        .hasActor(null)
        .hasSubject(null)
        .hasAudience(null)
        .hasExtension("cart", null)
        .hasData(null);
  }

  @TestFactory
  List<DynamicTest> failsOn() {
    return List.of(
        differing("type: order.shipped, but it was: order.placed", a -> a.hasType("order.shipped")),
        differing("actor: bob, but it was: alice", a -> a.hasActor("bob")),
        differing("subject: null, but it was: orders/17", a -> a.hasSubject(null)),
        differing("id: 18, but it was: 17", a -> a.hasId("18")),
        differing("source: /, but it was: /shop", a -> a.hasSource("/")),
        differing("audience: bob, but it was: alice role:support", a -> a.hasAudience("bob")),
        differing("cart: 4, but it was: 3", a -> a.hasExtension("cart", 4)),
        differing("data: [2], but it was: {\"total\":42", a -> a.hasData(List.of(2))),
        differing("data: null, but it was: {\"total\":42", a -> a.hasData(null)),
        differing("data: 42, but it was: {\"total\":42", a -> a.hasJson("42")));
  }

  private static DynamicTest differing(String said, Consumer<ActivityAssertion> expectation) {
    return DynamicTest.dynamicTest(
        said,
        () ->
            assertThatThrownBy(() -> expectation.accept(ActivityAssertion.assertThat(ORDER)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("expected " + said)
                .hasMessageContaining("/shop"));
  }
}
