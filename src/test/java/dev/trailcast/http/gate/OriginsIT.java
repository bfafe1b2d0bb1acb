package dev.trailcast.http.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.RawHttp;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.Website;
import dev.trailcast.it.browser.Browser;
import dev.trailcast.it.browser.BrowserKind;
import dev.trailcast.it.browser.EachBrowser;
import dev.trailcast.it.browser.Tab;
import java.net.Socket;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/** Pages of an origin that is allowed, and of one that is not. */
@ExtendWith(ArquillianExtension.class)
@ParameterizedClass
@EachBrowser
class OriginsIT {
  private static final String END = "\r\n";
  private static final Website WEBSITE = new Website();
  private static final String ALLOWED = WEBSITE.localhost().toString();
  private static final String FOREIGN = WEBSITE.address().toString();

  private static Browser browser;

  @Parameter private BrowserKind kind;

  private final String source = "/" + UUID.randomUUID();

  @ArquillianResource private Server server;
  private Tab tab;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with("trailcast.http.origins", ALLOWED);
  }

  @BeforeEach
  void open() {
    if (browser == null) {
      browser = kind.start();
    }
  }

  @AfterEach
  void leave() {
    if (tab != null) {
      tab.close();
    }
  }

  @AfterParameterizedClassInvocation
  static void close() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  @AfterAll
  static void end() {
    WEBSITE.close();
  }

  @Test
  void letsAnAllowedPageFollowAndRecordAndReadWhatIsSaid() throws Exception {
    tab = browser.open(WEBSITE.localhost());
    tab.evaluate(
        """
        window.seen = [];
        const events = new EventSource(`${arguments[0]}api/events?source=${arguments[1]}&last=20`, { withCredentials: true });
        events.onmessage = event => seen.push(JSON.parse(event.data).type);
        await new Promise(resolve => events.addEventListener('trailcast.position', resolve, { once: true }));
        """,
        base(),
        source);
    assertThat(
            tab.evaluate(
                """
                const answer = await fetch(arguments[0] + 'api/activities', {
                  method: 'POST',
                  credentials: 'include',
                  headers: { 'Content-Type': 'application/json' },
                  body: JSON.stringify({ type: 'page.viewed', source: arguments[1] }),
                });
                return answer.status;
                """,
                base(),
                source))
        .isEqualTo(201L);
    tab.await("the activity", "seen.length === 1");
    assertThat(
            tab.evaluate(
                """
                const url = `${arguments[0]}api/activities?after=earliest&source=${arguments[1]}`;
                const etag = (await fetch(url)).headers.get('ETag');
                const again = await fetch(url, { headers: { 'If-None-Match': etag }, cache: 'no-store' });
                const wrong = await fetch(arguments[0] + 'api/activities?limit=x');
                return [again.status, wrong.status, (await wrong.json()).status];
                """,
                base(),
                source))
        .isEqualTo(List.of(304L, 400L, 400L));
  }

  @Test
  void letsAnAllowedPageTakeTheClientFromHere() throws Exception {
    tab = browser.open(WEBSITE.localhost());
    tab.evaluate(
        """
        const { subscribe } = await import(arguments[0] + 'trailcast.js');
        window.seen = [];
        window.subscription = subscribe({
          filters: { source: arguments[1] },
          user: 'alice',
          withCredentials: true,
          onActivity: activity => seen.push(activity.type),
        });
        """,
        base(),
        source);
    tab.await("live", "subscription.state === 'live'");

    server.record("{\"type\":\"page.viewed\",\"source\":\"%s\"}".formatted(source));

    tab.await("the activity", "seen.length === 1");
  }

  @Test
  void keepsForeignPagesFromReadingAndRecording() throws Exception {
    server.record("{\"type\":\"kept\",\"source\":\"/kept\"}");
    tab = browser.open(WEBSITE.address());
    assertThat(
            tab.evaluate(
                """
                const json = { 'Content-Type': 'application/json' };
                const body = JSON.stringify({ type: 'smuggled', source: '/kept' });
                const url = arguments[0] + 'api/activities';
                const tries = [
                  () => fetch(url + '?after=earliest'),
                  () => fetch(url + '?after=earliest', { credentials: 'include' }),
                  () => fetch(url, { method: 'POST', headers: json, body }),
                  () => fetch(url, { method: 'POST', headers: { Authorization: 'Bearer x' }, body }),
                ];
                let done = 0;
                for (const each of tries) {
                  await each().then(() => done++, () => {});
                }
                await fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body }).catch(() => {});
                await new Promise(resolve => {
                  const events = new EventSource(arguments[0] + 'api/events?after=earliest');
                  events.onopen = () => { done++; resolve(); };
                  events.onerror = () => events.readyState === EventSource.CLOSED && resolve();
                });
                return done;
                """,
                base()))
        .isEqualTo(0L);
    assertThat(server.get("api/activities?after=earliest&source=/kept").body())
        .doesNotContain("smuggled");
  }

  @Test
  void saysOnEveryAnswerThatItDependsOnTheOriginAndWhoMayReadIt() throws Exception {
    for (String line :
        List.of(
            "GET api/stats",
            "HEAD api/events",
            "GET api/activities",
            "GET api/activities?limit=x",
            "GET api/activities?actor=%",
            "GET api/nothing",
            "PUT api/activities",
            "POST api/activities",
            "GET trailcast.js",
            "GET trailcast/client/kept.js")) {
      String empty = "Content-Length: 0" + END + END;
      RawHttp answer = server.raw(line, "Origin: " + ALLOWED + END + empty);
      assertThat(answer.header("Access-Control-Allow-Origin")).as(line).contains(ALLOWED);
      assertThat(answer.header("Access-Control-Allow-Credentials")).as(line).contains("true");
      assertThat(answer.head()).as(line).containsPattern("(?i)\nvary: [^\r]*origin");
      RawHttp unasked = server.raw(line, empty);
      assertThat(unasked.header("Access-Control-Allow-Origin")).as(line).isEmpty();
      assertThat(unasked.head()).as(line).containsPattern("(?i)\nvary: [^\r]*origin");
      RawHttp foreign = server.raw(line, "Origin: " + FOREIGN + END + empty);
      assertThat(foreign.header("Access-Control-Allow-Origin")).as(line).isEmpty();
      if (line.contains("api/") && !line.contains("=%")) {
        assertThat(foreign.status()).as(line).isEqualTo(403);
      }
    }
  }

  @Test
  void answersPreflightsOfAllowedOriginsOnly() throws Exception {
    String asked =
        "Access-Control-Request-Method: POST" + END + "Access-Control-Request-Headers: x" + END;
    for (String path : List.of("api/activities", "api/events", "api/stats")) {
      RawHttp allowed = server.raw("OPTIONS " + path, "Origin: " + ALLOWED + END + asked + END);
      assertThat(allowed.status()).isEqualTo(204);
      assertThat(allowed.header("Access-Control-Allow-Headers").orElseThrow().toLowerCase())
          .contains("last-event-id", "authorization", "content-type");
      assertThat(server.raw("OPTIONS " + path, "Origin: " + FOREIGN + END + asked + END).status())
          .isEqualTo(403);
    }
  }

  @Test
  void answersForItsOwnHostsOnly() throws Exception {
    for (String path : List.of("api/events", "api/stats", "api/nothing", "trailcast.html", "")) {
      for (String host :
          List.of(
              "rebound.example", "rebound.example:80", "localhost.rebound.example", "10.1.2.3")) {
        RawHttp refused = get(path, host);
        assertThat(refused.status()).as(host + " " + path).isEqualTo(421);
        assertThat(refused.body()).contains("trailcast.http.hosts");
      }
    }
    for (String host :
        List.of("localhost", "127.0.0.1:1", "[::1]:9080", "a.localhost", "LOCALHOST")) {
      assertThat(get("api/stats", host).status()).as(host).isEqualTo(200);
    }
  }

  private RawHttp get(String path, String host) throws Exception {
    String head = "GET " + server.base().getPath() + path + " HTTP/1.1" + END;
    try (Socket socket = new Socket(server.base().getHost(), server.base().getPort())) {
      return RawHttp.send(socket, head + "Host: " + host + END + "Connection: close" + END + END);
    }
  }

  private String base() {
    return server.base().toString();
  }
}
