package dev.trailcast.http.gate;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private static final String EVENTS = "GET http://localhost:9080/api/events";
  private static final String APP = "https://app.example";

  private final Gate gate = gate(true);

  private static Gate gate(boolean dashboard) {
    return gate(new Doors(true, true, true, true, dashboard));
  }

  private static Gate gate(Doors doors) {
    AllowedOrigins origins = new AllowedOrigins(List.of(APP));
    return new Gate(
        new AllowedHosts(List.of("localhost"), true), origins, new WebHooks(origins, 2), doors);
  }

  @Test
  void letsTheRuntimeSeeWhatBothReadAlike() throws Exception {
    HttpServletRequest seen =
        new Exchange(
                EVENTS + "?subject={a}",
                "Accept",
                ",text/event-stream; charset=utf-8",
                "Accept",
                "*;q=.2",
                "Accept-Language",
                ";q=%%",
                "Last-Event-ID",
                "k3f9-1")
            .pass(gate)
            .seen();

    assertThat(seen.getQueryString()).isEqualTo("subject=%7Ba%7D");
    assertThat(Collections.list(seen.getHeaders("accept")))
        .containsExactly("text/event-stream, */*;q=.2");
    assertThat(seen.getHeader("CONTENT-TYPE")).isEqualTo("application/octet-stream");
    assertThat(seen.getContentType()).isEqualTo("application/octet-stream");
    assertThat(seen.getHeader("accept-language")).isNull();
    assertThat(seen.getHeaders("accept-language").hasMoreElements()).isFalse();
    assertThat(seen.getHeader("last-event-id")).isEqualTo("k3f9-1");
    assertThat(Collections.list(seen.getHeaderNames()))
        .containsExactlyInAnyOrder("Accept", "Content-Type", "Last-Event-ID");
  }

  @Test
  void answersItselfWhatNoRuntimeShallSee() throws Exception {
    Exchange refused = new Exchange(EVENTS + "?actor=%").pass(gate);

    assertThat(refused.seen()).isNull();
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(refused.body()).contains("\"detail\":\"In a query ");
  }

  @Test
  void saysThatTheHostIsAnothersAndWhichSettingNamesOurs() throws Exception {
    Exchange refused = new Exchange("GET http://rebound.example:9080/api/events").pass(gate);

    assertThat(refused.seen()).isNull();
    assertThat(refused.status()).isEqualTo(421);
    assertThat(refused.body()).contains("Misdirected Request", "trailcast.http.hosts");
  }

  @Test
  void hasFilesForItsOwnHostsAloneToo() throws Exception {
    Exchange refused =
        new Exchange("GET http://rebound.example:9080/trailcast.html").forAFile().pass(gate);
    assertThat(refused.status()).isEqualTo(421);
  }

  @Test
  void saysThatThePageIsAForeignOneAndWhichSettingNamesOthers() throws Exception {
    Exchange refused = new Exchange(EVENTS, "Origin", "https://other.example").pass(gate);

    assertThat(refused.seen()).isNull();
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("trailcast.http.origins");
    assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(refused.header("Vary")).isEqualTo("Origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EVENTS,
        EVENTS + "?actor=%",
        "GET http://rebound.example/api/events",
        "POST http://localhost/api/activities"
      })
  void letsAnAllowedPageReadEveryAnswerRefusalsToo(String line) throws Exception {
    Exchange answered =
        new Exchange(line, "Origin", APP, "Sec-Fetch-Site", "cross-site").pass(gate);

    assertThat(answered.header("Access-Control-Allow-Origin")).isEqualTo(APP);
    assertThat(answered.header("Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(answered.header("Access-Control-Expose-Headers"))
        .contains("ETag", "Location", "Retry-After");
    assertThat(answered.header("Vary")).isEqualTo("Origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trailcast.js", "trailcast/client/kept.js"})
  void letsAllowedPagesLoadTheClient(String file) throws Exception {
    Exchange loaded =
        new Exchange("GET http://localhost/" + file, "Origin", APP).forAFile().pass(gate);
    assertThat(loaded.seen()).isNotNull();
    assertThat(loaded.header("Access-Control-Allow-Origin")).isEqualTo(APP);
    assertThat(loaded.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trailcast.html", "trailcast/dashboard/main.js", "trailcast/icon.svg"})
  void letsNobodysPageReadTheDashboard(String file) throws Exception {
    Exchange loaded =
        new Exchange("GET http://localhost/" + file, "Origin", APP).forAFile().pass(gate);
    assertThat(loaded.seen()).isNotNull();
    assertThat(loaded.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void saysThatAnAnswerDependsOnTheOriginWhereNoneWasSent() throws Exception {
    assertThat(new Exchange(EVENTS).pass(gate).header("Vary")).isEqualTo("Origin");
  }

  @Test
  void answersAPreflightByItself() throws Exception {
    Exchange answered =
        new Exchange(
                "OPTIONS http://localhost/api/activities",
                "Origin",
                APP,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type")
            .pass(gate);

    assertThat(answered.seen()).isNull();
    assertThat(answered.status()).isEqualTo(204);
    assertThat(answered.header("Access-Control-Allow-Methods")).contains("POST", "DELETE");
    assertThat(answered.header("Access-Control-Allow-Headers").toLowerCase())
        .contains(
            "last-event-id",
            "authorization",
            "content-type",
            "if-none-match",
            "content-encoding",
            "x-retry-count");
  }

  @Test
  void tellsAWebHookThatMayDeliverThatItMayAndHowOften() throws Exception {
    Exchange asked = askedByWebHook("OPTIONS http://localhost/api/activities", "App.example");

    assertThat(asked.seen()).isNotNull(); // the runtime says which methods there are
    assertThat(asked.header("WebHook-Allowed-Origin")).isEqualTo("App.example");
    assertThat(asked.header("WebHook-Allowed-Rate")).isEqualTo("120");
    assertThat(asked.header("Access-Control-Allow-Origin")).isEmpty(); // it opens nothing else
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS http://localhost/api/activities, other.example",
    "OPTIONS http://localhost/api/activities, *",
    "OPTIONS http://localhost/api/activities, https://app.example",
    "OPTIONS http://localhost/api/activities, evil.app.example",
    "OPTIONS http://localhost/api/events, app.example",
    "POST http://localhost/api/activities, app.example",
  })
  void tellsNothingToAnyOtherWebHookOrElsewhere(String line, String sender) throws Exception {
    Exchange asked = askedByWebHook(line, sender);

    assertThat(asked.header("WebHook-Allowed-Origin")).isEmpty();
    assertThat(asked.header("WebHook-Allowed-Rate")).isEmpty();
  }

  @Test
  void hasNoWebHooksWhereNothingIsPublished() throws Exception {
    Gate closed = gate(new Doors(false, false, true, true, true));
    Exchange asked =
        new Exchange(
                "OPTIONS http://localhost/api/activities", "WebHook-Request-Origin", "app.example")
            .pass(closed);
    assertThat(asked.header("WebHook-Allowed-Origin")).isEmpty();
  }

  private Exchange askedByWebHook(String line, String sender) throws Exception {
    return new Exchange(line, "WebHook-Request-Origin", sender, "WebHook-Request-Rate", "1000")
        .pass(gate);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/trailcast.html", "/trailcast/dashboard/main.js", "/webjars/uplot/1/uPlot.js"})
  void findsNoDashboardWhereItIsNotToBe(String path) throws Exception {
    Exchange refused = new Exchange("GET http://localhost" + path).forAFile().pass(gate(false));
    assertThat(refused.seen()).isNull();
    assertThat(refused.status()).isEqualTo(404);
    assertThat(refused.body()).isEmpty(); // what is said is for the host's error page
  }

  @ParameterizedTest
  @ValueSource(strings = {"/trailcast.js", "/trailcast/client/kept.js", "/index.html"})
  void findsEverythingElseWithoutTheDashboard(String path) throws Exception {
    assertThat(new Exchange("GET http://localhost" + path).forAFile().pass(gate(false)).seen())
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Security-Policy, default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy, same-origin",
    "X-Content-Type-Options, nosniff"
  })
  void tellsBrowsersWhatTheyMustNotDoWithAnAnswer(String header, String value) throws Exception {
    for (String line : List.of(EVENTS, "GET http://rebound.example/", EVENTS + "?actor=%")) {
      assertThat(new Exchange(line).pass(gate).header(header)).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Security-Policy, default-src 'self';",
    "Content-Security-Policy, frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy, same-origin",
    "Cross-Origin-Resource-Policy, same-origin",
    "Referrer-Policy, same-origin",
    "X-Content-Type-Options, nosniff"
  })
  void tellsBrowsersWhatTheyMustNotDoWithAPage(String header, String value) throws Exception {
    for (String line : List.of("GET http://localhost/", "GET http://rebound.example/")) {
      assertThat(new Exchange(line).forAFile().pass(gate).header(header)).contains(value);
    }
  }

  @Test
  void refusesNothingAgainThatIsBeingAnsweredAsAnError() throws Exception {
    Exchange passed =
        new Exchange("GET http://rebound.example/trailcast/error")
            .forAFile()
            .dispatchedAs(DispatcherType.ERROR)
            .pass(gate);
    assertThat(passed.seen()).isNotNull();
    assertThat(passed.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }
}
