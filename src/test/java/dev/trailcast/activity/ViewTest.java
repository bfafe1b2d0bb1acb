package dev.trailcast.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.ActivityFilter.Terms;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ViewTest {
  private static final Viewer BOB = new Viewer("bob", Set.of("sales"));

  private final Activity forAll = Activity.of("alice", "order.placed");
  private final Activity forBob = forAll.withAudience("bob");
  private final Activity forSales = forAll.withAudience("carol role:sales");
  private final Activity forCarol = forAll.withAudience("carol role:support");

  @Test
  void showsWhatHasNoAudienceToEverybody() {
    assertThat(new View(ActivityFilter.ALL, Viewer.ANONYMOUS).includes(forAll)).isTrue();
    assertThat(new View(ActivityFilter.ALL, BOB).includes(forAll)).isTrue();
  }

  @Test
  void showsWhatHasAnAudienceToItsUsersAndRolesOnly() {
    View view = new View(ActivityFilter.ALL, BOB);

    assertThat(view.includes(forBob)).isTrue();
    assertThat(view.includes(forSales)).isTrue();
    assertThat(view.includes(forCarol)).isFalse();
  }

  @Test
  void showsNothingThatHasAnAudienceToTheUnknown() {
    View view = new View(ActivityFilter.ALL, Viewer.ANONYMOUS);

    assertThat(List.of(forBob, forSales, forCarol)).noneMatch(view::includes);
  }

  @Test
  void takesAUserForNoRoleAndARoleForNoUser() {
    View user = new View(ActivityFilter.ALL, new Viewer("sales", Set.of()));
    View role = new View(ActivityFilter.ALL, new Viewer("dave", Set.of("bob")));

    assertThat(user.includes(forSales)).isFalse();
    assertThat(role.includes(forBob)).isFalse();
  }

  @Test
  void asksForWhatTheFilterAsksFor() {
    ActivityFilter orders =
        new ActivityFilter(Terms.parse(List.of("order.*")), Terms.ANY, Terms.ANY, Terms.ANY);
    View view = new View(orders, BOB);

    assertThat(view.includes(forBob)).isTrue();
    assertThat(view.includes(Activity.of("alice", "page.viewed"))).isFalse();
    assertThat(view.includes(forCarol)).isFalse();
  }

  @Test
  void isEqualWhereFilterAndViewerAre() {
    assertThat(new View(ActivityFilter.ALL, BOB))
        .isEqualTo(new View(ActivityFilter.ALL, new Viewer("bob", Set.of("sales"))))
        .isNotEqualTo(new View(ActivityFilter.ALL, new Viewer("bob", Set.of())));
  }

  @Test
  void endsWhereTheRightToFollowEnds() {
    ActivityFilter shop = filter(Terms.ANY, Terms.parse(List.of("/shop")));
    ActivityFilter pages = filter(Terms.parse(List.of("page.*")), Terms.ANY);
    View view = new View(shop, Scope.of(List.of(pages)), Viewer.ANONYMOUS);

    assertThat(view.includes(of("page.viewed", "/shop"))).isTrue();
    assertThat(view.includes(of("page.viewed", "/other"))).isFalse();
    assertThat(view.includes(of("order.placed", "/shop"))).isFalse();
  }

  @Test
  void isEqualHoweverTheScopeIsSaid() {
    ActivityFilter pages = filter(Terms.parse(List.of("page.*")), Terms.ANY);

    assertThat(Scope.of(List.of(pages, ActivityFilter.ALL))).isEqualTo(Scope.EVERYTHING);
    assertThat(Scope.NOTHING.includes(of("page.viewed", "/shop"))).isFalse();
  }

  private static ActivityFilter filter(Terms types, Terms sources) {
    return new ActivityFilter(types, Terms.ANY, sources, Terms.ANY);
  }

  private static Activity of(String type, String source) {
    return Activity.of("alice", type, "x").withSource(source);
  }

  @Test
  void tellsEverybodyOfAnErasureButHasNoneInIt() {
    Activity erasure = Activity.of(null, Activity.ERASED);
    View nothing = new View(ActivityFilter.ALL, Scope.NOTHING, Viewer.ANONYMOUS);
    View everything = new View(ActivityFilter.ALL, Viewer.ANONYMOUS);

    assertThat(nothing.tells(erasure)).isTrue();
    assertThat(everything.includes(erasure)).isFalse();
  }
}
