package dev.trailcast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.security.Callers;
import dev.trailcast.security.CurrentCaller;
import dev.trailcast.security.Sessions;
import dev.trailcast.security.TestCallers;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.delivery.TestTrail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityTrailTest {
  private static final Activity PRIVATE = Activity.of("carol", "told").withAudience("bob");

  @TempDir Path directory;

  @Test
  void isBehindEverythingThatWasRecorded() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      trail.record("a");
      StreamPosition last = trail.record(List.of(PRIVATE)).get(0);

      assertThat(of(trail, "anyone").position()).isEqualTo(last);
    }
  }

  @Test
  void tellsACallerOfNothingThatItMayNotSee() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      StreamPosition seen = trail.record("a").get(0);
      StreamPosition unseen = trail.record(List.of(PRIVATE)).get(0);
      trail.awaitTail();

      assertThat(of(trail, "anyone").position(request(null))).contains(seen);
      assertThat(of(trail, "anyone").position(request("bob"))).contains(unseen);
    }
  }

  @Test
  void tellsNothingToWhoMayNotFollow() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      trail.record("a");

      assertThat(of(trail, "user:bob").position(request(null))).isEmpty();
      assertThat(of(trail, "user:bob").position(request("alice"))).isEmpty();
      assertThat(of(trail, "user:bob").position(request("bob"))).isPresent();
    }
  }

  @Test
  void saysThatThereIsNoneBeforeItIsThere() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      Readers early = new Readers(TestTrail.SETTINGS, new Sessions());
      Callers anyone = TestCallers.granting("", "anyone");
      ActivityTrail none = new ActivityTrail(trail.reader, early, anyone, null, null);

      assertThatThrownBy(() -> none.position(request(null)))
          .isInstanceOf(JournalUnavailableException.class);
    }
  }

  @Test
  void givesAPageOfWhatTheCallerMaySee() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      trail.record("a");
      trail.record(List.of(PRIVATE));
      trail.record("b");
      trail.awaitTail();

      assertThat(types(of(trail, "anyone", request(null)).page(PageQuery.oldest())))
          .containsExactly("a", "b");
      assertThat(types(of(trail, "anyone", request("bob")).page(PageQuery.newest())))
          .containsExactly("b", "told", "a");
      assertThat(types(of(trail, "anyone?type=b", request("bob")).page(PageQuery.oldest())))
          .containsExactly("b");
    }
  }

  @Test
  void givesNoPageToWhoMayNotFollow() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      assertThatThrownBy(() -> of(trail, "user:bob", request("alice")).page(PageQuery.newest()))
          .isInstanceOfSatisfying(
              WebApplicationException.class,
              refusal -> assertThat(refusal.getResponse().getStatus()).isEqualTo(403));
    }
  }

  @Test
  void givesNoPageOutsideOfARequestUnlessItIsToBeUnrestricted() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      trail.record("a");
      trail.record(List.of(PRIVATE));
      trail.awaitTail();
      ActivityTrail timer = of(trail, "anyone");

      assertThatThrownBy(() -> timer.page(PageQuery.newest()))
          .isInstanceOf(IllegalStateException.class);
      assertThat(types(timer.unrestrictedPage(PageQuery.oldest()))).containsExactly("a", "told");
      assertThat(types(timer.unrestrictedPage(PageQuery.newest()))).containsExactly("told", "a");
    }
  }

  @Test
  void goesFromPageToPageBothWaysByTheirPositions() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 2)) {
      trail.record("a", "b", "other", "c");
      trail.awaitTail();
      ActivityTrail all = of(trail, "");
      ActivityFilter asked = ActivityFilter.ALL.withTypes("a", "b*", "c");

      TrailPage first = all.unrestrictedPage(PageQuery.oldest().matching(asked).limit(2));
      PageQuery second = PageQuery.after(first.next().orElseThrow()).matching(asked);
      TrailPage newest = all.unrestrictedPage(PageQuery.last(1).matching(asked));
      TrailPage before =
          all.unrestrictedPage(
              PageQuery.before(newest.entries().get(0).position()).matching(asked).limit(1));

      assertThat(types(first)).containsExactly("a", "b");
      assertThat(first.isLast()).isFalse();
      assertThat(types(all.unrestrictedPage(second))).containsExactly("c");
      assertThat(all.unrestrictedPage(second).isLast()).isTrue();
      assertThat(types(newest)).containsExactly("c");
      assertThat(types(before)).containsExactly("b");
      assertThat(newest.entries().get(0).encoded().json())
          .isEqualTo(EncodedActivity.of(newest.entries().get(0).activity()).json());
    }
  }

  @Test
  void tellsWithAPageWhatHistoryCanNotGive() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      trail.record("a");
      trail.awaitTail();
      StreamPosition elsewhere = new StreamPosition("elsewhere", 7);

      assertThat(of(trail, "anyone").unrestrictedPage(PageQuery.after(elsewhere)).gap())
          .map(Gap::reason)
          .contains(Gap.Reason.UNKNOWN);
    }
  }

  @Test
  void countsAmongWhatIsLookedForOverHttp() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      ActivityTrail another = of(trail, "anyone");
      trail.takeAllSearches();

      assertThatThrownBy(() -> another.unrestrictedPage(PageQuery.newest()))
          .isInstanceOf(JournalUnavailableException.class)
          .hasMessageContaining("Too much");
    }
  }

  @Test
  void asksForNoMoreThanOverHttp() {
    for (int limit : new int[] {0, 1_001}) {
      assertThatThrownBy(() -> PageQuery.newest().limit(limit))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int last : new int[] {-1, 100_001}) {
      assertThatThrownBy(() -> PageQuery.last(last)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static List<String> types(TrailPage page) {
    return page.entries().stream().map(entry -> entry.activity().type()).toList();
  }

  /** Asked outside of any request. */
  private static ActivityTrail of(TestTrail trail, String subscribers) {
    return of(trail, subscribers, null);
  }

  /** Asked while this request is served. */
  private static ActivityTrail of(TestTrail trail, String subscribers, HttpServletRequest served) {
    CurrentCaller current =
        new CurrentCaller() {
          @Override
          public HttpServletRequest request() {
            return Optional.ofNullable(served).orElseThrow(IllegalStateException::new);
          }
        };
    return new ActivityTrail(
        trail.reader, trail.readers, TestCallers.granting("", subscribers), current, null);
  }

  /** Sent by a user who is logged in, or by nobody. */
  private static HttpServletRequest request(String user) {
    Principal principal = user == null ? null : () -> user;
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ActivityTrailTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getUserPrincipal" -> principal;
                  case "getRemoteAddr" -> "10.0.0.1";
                  case "getRemotePort", "getLocalPort" -> 1;
                  case "isUserInRole" -> false;
                  case "getHeader", "getCookies", "getQueryString", "getSession" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
