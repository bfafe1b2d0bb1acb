package dev.trailcast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.security.Callers;
import dev.trailcast.security.Sessions;
import dev.trailcast.security.TestCallers;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.delivery.TestTrail;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.Principal;
import java.util.List;
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
      ActivityTrail none = new ActivityTrail(trail.reader, early, anyone);

      assertThatThrownBy(() -> none.position(request(null)))
          .isInstanceOf(JournalUnavailableException.class);
    }
  }

  private static ActivityTrail of(TestTrail trail, String subscribers) {
    return new ActivityTrail(trail.reader, trail.readers, TestCallers.granting("", subscribers));
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
                  case "isUserInRole" -> false;
                  case "getHeader", "getCookies", "getQueryString", "getSession" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
