package dev.trailcast.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.RawHttp;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.Website;
import dev.trailcast.it.browser.Browser;
import dev.trailcast.it.browser.BrowserKind;
import dev.trailcast.it.browser.EachBrowser;
import dev.trailcast.it.browser.ModulePage;
import dev.trailcast.it.browser.Tab;
import dev.trailcast.it.browser.Wire;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/** Pages that follow with trailcast.js, and tokens that a server verifies. */
@ExtendWith(ArquillianExtension.class)
@ParameterizedClass
@EachBrowser
class TokenClientIT {
  private static final TestIssuer ISSUER = new TestIssuer("k1");
  private static final Website KEYS = new Website("application/json", TestIssuer.jwks(ISSUER));
  private static final Duration SOON = Duration.ofSeconds(4);
  private static final Duration LATER = Duration.ofMinutes(5);

  private static final String FOLLOW =
      """
      const [user, ...tokens] = arguments;
      Object.assign(window, { seen: [], states: [] });
      window.subscription = trailcast.subscribe({
        filters: { source: '/tokens' },
        user,
        keep: 0,
        token: () => tokens.length > 1 ? tokens.shift() : tokens[0],
        onActivity: activity => seen.push(activity.id),
        onState: state => states.push(state),
      });
      """;

  /** The same, with what has been seen kept in the browser. */
  private static final String FOLLOW_AND_KEEP =
      FOLLOW
          .replace("keep: 0,", "")
          .replace("seen: []", "seen: [], kept: []")
          .replace("activity => seen", "(activity, place) => (place.kept ? kept : seen)");

  private static Browser browser;

  @Parameter private BrowserKind kind;

  @ArquillianResource private Server server;
  private Wire wire;
  private Tab tab;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return ModulePage.with(
        TestArchive.with(
            TestIssuer.takenBy(
                KEYS,
                "trailcast.access.publish",
                "anyone",
                "trailcast.access.subscribe",
                "user:alice, user:bob",
                "trailcast.access.administer",
                "",
                "trailcast.security.clock-skew",
                "PT1S")),
        """
        import * as trailcast from './trailcast.js';
        window.stored = () => new Promise((resolve, reject) => {
          const opening = indexedDB.open('trailcast');
          opening.onerror = reject;
          opening.onsuccess = () => {
            const all = opening.result.transaction('kept').objectStore('kept').getAll();
            all.onsuccess = () => { opening.result.close(); resolve(all.result); };
          };
        });
        window.trailcast = trailcast;
        """);
  }

  @AfterAll
  static void stopKeys() {
    KEYS.close();
  }

  @BeforeEach
  void open() throws Exception {
    if (browser == null) {
      browser = kind.start();
    }
    wire = new Wire(server.base());
    tab = page();
  }

  private Tab page() {
    Tab opened = browser.open(wire.uri(ModulePage.PATH));
    opened.await("the modules", "'trailcast' in window");
    return opened;
  }

  @AfterEach
  void leave() throws Exception {
    if (tab != null) {
      tab.close();
      wire.close();
    }
  }

  @AfterParameterizedClassInvocation
  static void close() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  @Test
  void goesOnWithTheNextTokenWhereOneHasExpiredAndMissesNothing() throws Exception {
    tab.evaluate(FOLLOW, "alice", token("alice", SOON), token("alice", LATER));
    awaitState(tab, "live");
    String first = record("alice");
    tab.await("the first", "seen.length === 1");

    wire.await("the next connection", seen -> seen.requests("api/events") == 2);
    String second = record("alice");

    tab.await("the second", "seen.length === 2");
    assertThat(tab.evaluate("return seen")).isEqualTo(List.of(first, second));
    awaitState(tab, "live");
    assertThat(tab.evaluate("return states.includes('unauthorized')")).isEqualTo(false);
  }

  @Test
  void isUnauthorizedWhereThereIsNoOtherToken() {
    tab.evaluate(FOLLOW, "alice", token("alice", SOON));
    awaitState(tab, "live");

    awaitState(tab, "unauthorized");

    assertThat(tab.evaluate("return states.filter(state => state === 'unauthorized')"))
        .isEqualTo(List.of("unauthorized"));
  }

  @Test
  void isForbiddenWhereTheUserMayNotFollow() {
    tab.evaluate(FOLLOW, "carol", token("carol", LATER));
    awaitState(tab, "forbidden");
    assertThat(tab.evaluate("return states")).isEqualTo(List.of("forbidden"));
  }

  @Test
  void showsEachUserOfABrowserItsOwn() throws Exception {
    tab.evaluate(FOLLOW, "alice", token("alice", LATER));
    try (Tab other = page()) {
      other.evaluate(FOLLOW, "bob", token("bob", LATER));
      awaitState(tab, "live");
      awaitState(other, "live");

      String alices = record("alice");
      String bobs = record("bob");

      tab.await("alice's", "seen.length > 0");
      other.await("bob's", "seen.length > 0");
      assertThat(tab.evaluate("return seen")).isEqualTo(List.of(alices));
      assertThat(other.evaluate("return seen")).isEqualTo(List.of(bobs));
    }
  }

  @Test
  void showsNothingOfWhoHasLoggedOutToWhoLogsInNext() throws Exception {
    tab.evaluate(FOLLOW_AND_KEEP, "alice", token("alice", SOON), token("alice", LATER));
    awaitState(tab, "live");
    record("alice");
    wire.await("the next connection", seen -> seen.requests("api/events") == 2);
    record("alice");
    tab.await("both", "seen.length === 2");
    tab.await("what is kept", "(await stored()).some(({ items }) => items.length === 2)");

    tab.evaluate("await trailcast.forget()");

    awaitState(tab, "closed");
    assertThat(tab.evaluate("return stored()")).isEqualTo(List.of());
    tab.evaluate(FOLLOW_AND_KEEP, "bob", token("bob", LATER));
    awaitState(tab, "live");
    String bobs = record("bob");
    tab.await("bob's", "seen.length > 0");
    assertThat(tab.evaluate("return seen")).isEqualTo(List.of(bobs));
    assertThat(tab.evaluate("return kept")).isEqualTo(List.of());
  }

  @Test
  void theDashboardSaysWhatToDoAndFollowsWithAToken() throws Exception {
    try (Tab dashboard = browser.open(wire.uri("trailcast.html"))) {
      awaitDashboard(dashboard, "unauthorized");
      assertThat(
              dashboard.evaluate("return document.querySelector('#log-in').innerText").toString())
          .contains("has to be logged in", "Log in to this site", "Or give a token");

      give(dashboard, "a forgery");
      dashboard.await("no", "document.querySelector('#log-in-wrong').textContent > ''");
      give(dashboard, new TestIssuer("k1").sign(TestIssuer.claims("alice")));
      dashboard.await(
          "why not", "document.querySelector('#log-in-wrong').textContent.includes('signature')");
      give(dashboard, token("carol", LATER));
      awaitDashboard(dashboard, "forbidden");

      String alices = token("alice", LATER);
      give(dashboard, alices);
      awaitDashboard(dashboard, "live");
      dashboard.await("the end of the question", "document.querySelector('#log-in').hidden");
      record("alice");
      dashboard.await("hers", "document.querySelector('#feed .type')?.textContent === 'told'");
      dashboard.await("figures", "Number(document.querySelector('#readers').textContent) > 0");
      assertThat(
              dashboard.evaluate(
                  """
                  return document.querySelector('#log-in-token').value + location
                    + JSON.stringify([localStorage, sessionStorage]);
                  """))
          .asString()
          .doesNotContain(alices);
    }
  }

  private static void awaitDashboard(Tab dashboard, String state) {
    dashboard.await(
        state, "document.querySelector('#state').dataset.state === arguments[0]", state);
  }

  private static void give(Tab dashboard, String token) {
    dashboard.evaluate("document.querySelector('#log-in-token').value = arguments[0]", token);
    dashboard.click("#log-in-form button");
  }

  /** Publishing is for anyone: so this server is for its own hosts. */
  @Test
  void answersForItsOwnHostsAsLongAsAnyoneMayDoSomething() throws Exception {
    try (Socket socket = new Socket(server.base().getHost(), server.base().getPort())) {
      String path = server.base().getPath() + "api/access";
      RawHttp answer =
          RawHttp.send(
              socket,
              "GET %s HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n"
                  .formatted(path));
      assertThat(answer.status()).isEqualTo(421);
    }
  }

  private static String token(String user, Duration life) {
    JwtClaims claims = TestIssuer.claims(user);
    claims.setExpirationTime(TestIssuer.in(life));
    return ISSUER.sign(claims);
  }

  /** Records something that is for one user alone, and returns its id. */
  private String record(String user) throws Exception {
    String id = UUID.randomUUID().toString();
    server.record(
        "{\"id\":\"%s\",\"source\":\"/tokens\",\"type\":\"told\",\"audience\":\"%s\"}"
            .formatted(id, user));
    return id;
  }

  private void awaitState(Tab follower, String state) {
    follower.await(state, "subscription.state === arguments[0]", state);
  }
}
