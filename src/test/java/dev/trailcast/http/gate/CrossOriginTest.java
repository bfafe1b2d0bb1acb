package dev.trailcast.http.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossOriginTest {
  private static final AllowedOrigins NOBODY = new AllowedOrigins(List.of());
  private static final AllowedOrigins APP =
      new AllowedOrigins(List.of("https://app.example", "http://localhost:3000"));

  @ParameterizedTest
  @CsvSource({
    "http://trail.example:9080, http://trail.example:9080",
    "http://trail.example:9080, http://Trail.Example:9080",
    "http://trail.example, http://trail.example",
    "http://trail.example, https://trail.example", // a proxy ends TLS
    "http://[::1]:9080, http://[::1]:9080",
  })
  void knowsItsOwnPagesByTheHostThatIsAskedFor(String server, String origin) {
    assertThat(isRefused("POST " + server + "/api/activities", "Origin", origin)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://trail.example:9080, http://trail.example",
    "http://trail.example:9080, http://trail.example:9081",
    "http://trail.example, http://trail.example:9080",
    "http://trail.example, http://other.example",
    "http://trail.example, http://trail.example.other.example",
    "http://trail.example, 'null'",
    "http://trail.example, 'http://trail.example, http://other.example'",
    "http://localhost:9080, http://127.0.0.1:9080",
  })
  void refusesForeignPages(String server, String origin) {
    for (String method : List.of("POST", "DELETE", "GET", "OPTIONS")) {
      assertThat(isRefused(method + " " + server + "/api/activities", "Origin", origin)).isTrue();
    }
  }

  @Test
  void refusesWhoeverSaysTwoOrigins() {
    assertThat(
            isRefused(
                "POST http://trail.example/api/activities",
                "Origin",
                "http://trail.example",
                "Origin",
                "http://other.example"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "whatever-comes-next"})
  void refusesPagesThatOnlyLoadSomething(String site) {
    assertThat(
            isRefused(
                "GET http://trail.example/api/events",
                "Sec-Fetch-Site",
                site,
                "Sec-Fetch-Mode",
                "no-cors",
                "Sec-Fetch-Dest",
                "image"))
        .isTrue();
    assertThat(
            isRefused(
                "POST http://trail.example/api/activities",
                "Sec-Fetch-Site",
                site,
                "Cookie",
                "a=b"))
        .isTrue();
  }

  @Test
  void believesTheBrowserThatAPageIsOursThoughAProxyHasChangedTheHost() {
    assertThat(
            isRefused(
                "POST http://localhost:9080/api/activities",
                "Origin",
                "https://trail.example",
                "Sec-Fetch-Site",
                "same-origin"))
        .isFalse();
  }

  @Test
  void letsAUserFollowALinkButNoPageFrameOrSendAForm() {
    String[] link = {
      "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"
    };
    String[] frame = link.clone();
    frame[5] = "iframe";
    assertThat(isRefused("GET http://trail.example/api/activities", link)).isFalse();
    assertThat(isRefused("GET http://trail.example/api/activities", frame)).isTrue();
    assertThat(isRefused("POST http://trail.example/api/activities", link)).isTrue();
  }

  @Test
  void letsWhoIsNoBrowserPass() {
    assertThat(isRefused("POST http://trail.example/api/activities")).isFalse();
    assertThat(isRefused("GET http://trail.example/api/events", "Cookie", "a=b")).isFalse();
  }

  @Test
  void letsAllowedPagesAskWhatTheyLike() {
    for (String origin : List.of("https://app.example", "http://localhost:3000")) {
      CrossOrigin page =
          new CrossOrigin(
              new Exchange(
                      "DELETE http://trail.example/api/activities",
                      "Origin",
                      origin,
                      "Sec-Fetch-Site",
                      "cross-site")
                  .request(),
              APP);
      assertThat(page.refusal()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://app.example",
        "https://app.example:8443",
        "https://sub.app.example",
        "https://app.example.other.example",
        "null"
      })
  void allowsNothingThatIsOnlySimilar(String origin) {
    CrossOrigin page =
        new CrossOrigin(
            new Exchange("GET http://trail.example/api/events", "Origin", origin).request(), APP);
    assertThat(page.refusal()).isPresent();
    assertThat(page.isPreflight()).isFalse();
  }

  private static boolean isRefused(String line, String... headers) {
    return new CrossOrigin(new Exchange(line, headers).request(), NOBODY).refusal().isPresent();
  }
}
