package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.browser.Browser;
import dev.trailcast.it.browser.BrowserKind;
import dev.trailcast.it.browser.EachBrowser;
import dev.trailcast.it.browser.ModulePage;
import dev.trailcast.it.browser.Tab;
import dev.trailcast.it.browser.Wire;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/** Pages that follow with trailcast.js, and all that may happen to them on the way. */
@ExtendWith(ArquillianExtension.class)
@ParameterizedClass
@EachBrowser
class ClientIT {
  private static final String SCRIPT =
      """
      import * as trailcast from './trailcast.js';
      import { sha256 } from './trailcast/client/sha256.js';
      window.sha256 = sha256;
      window.trailcast = trailcast;
      window.stored = (name, change) => new Promise((resolve, reject) => {
        const opening = indexedDB.open('trailcast');
        opening.onerror = reject;
        opening.onsuccess = () => {
          const transaction = opening.result.transaction(name, 'readwrite');
          const store = transaction.objectStore(name);
          const all = store.getAll();
          all.onsuccess = () => change && all.result.forEach(record => store.put(change(record)));
          transaction.oncomplete = () => { opening.result.close(); resolve(all.result); };
        };
      });
      """;

  /** Takes away what browsers of 2022 did not have: Chrome 97, Firefox 104, Safari 15.4. */
  private static final String OF_2022 =
      """
      const newer = [
        [AbortSignal, 'any', 'timeout'],
        [AbortSignal.prototype, 'throwIfAborted'],
        [Array, 'fromAsync'],
        [Array.prototype, 'toReversed', 'toSorted', 'toSpliced', 'with'],
        [ArrayBuffer.prototype, 'transfer', 'transferToFixedLength'],
        [Error, 'isError'],
        [JSON, 'isRawJSON', 'rawJSON'],
        [Map, 'groupBy'],
        [Object, 'groupBy'],
        [Promise, 'try', 'withResolvers'],
        [RegExp, 'escape'],
        [Set.prototype, 'difference', 'intersection', 'isDisjointFrom', 'isSubsetOf', 'isSupersetOf',
            'symmetricDifference', 'union'],
        [String.prototype, 'isWellFormed', 'toWellFormed'],
        [URL, 'canParse', 'parse'],
        [URLSearchParams.prototype, 'size'],
        [window, 'Iterator', 'navigation', 'scheduler', 'structuredClone'],
      ];
      newer.forEach(([object, ...names]) => names.forEach(name => delete object[name]));
      """;

  /** What Firefox does with all cookies blocked: it has these, and refuses to give them. */
  private static final String REFUSING =
      """
      const refuse = () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };
      window.BroadcastChannel = class { constructor() { refuse(); } };
      navigator.locks.request = async () => refuse();
      IDBFactory.prototype.open = refuse;
      for (const storage of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, storage, { get: refuse });
      }
      """;

  /** Follows what has this source; a silence is noticed after 3 heartbeats. */
  private static final String FOLLOW =
      """
      Object.assign(window, { kept: [], seen: [], gaps: [], states: [] });
      window.subscription = trailcast.subscribe({
        filters: { source: arguments[0] },
        silence: 3000,
        ...arguments[1],
        onActivity: (activity, place) => (place.kept ? kept : seen).push(activity.data),
        onGap: gap => gaps.push(gap.reason),
        onState: state => states.push(state),
      });
      """;

  private static Browser browser;

  @Parameter private BrowserKind kind;

  private final String source = "/" + UUID.randomUUID();
  private long recorded;

  @ArquillianResource private Server server;
  private Wire wire;
  private Tab tab;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return ModulePage.with(TestArchive.with(), SCRIPT) // with a heartbeat of 1 s
        .addAsWebResource(
            new StringAsset(
                ModulePage.HTML.replace(
                    "<script ", "<script src=\"of-2022.js\"></script><script ")),
            "of-2022.html")
        .addAsWebResource(new StringAsset(OF_2022), "of-2022.js");
  }

  @AfterParameterizedClassInvocation
  static void close() {
    if (browser != null) { // it may not be installed
      browser.close();
      browser = null;
    }
  }

  @BeforeEach
  void open() throws Exception {
    if (browser == null) {
      browser =
          kind.start(); // one for all tests; Arquillian lets nobody else give arguments to methods
    }
    wire = new Wire(server.base());
    tab = browser.open(page());
    awaitModules(tab);
  }

  @AfterEach
  void leave() throws Exception {
    if (tab != null) { // the browser may not be installed
      tab.close();
      wire.close();
    }
  }

  @Test
  void goesOnOverCuts() throws Exception {
    follow(tab);
    for (int cut = 0; cut < 3; cut++) {
      record(100);
      tab.await("some", "seen.length > arguments[0]", recorded - 100);
      wire.cut();
      record(100);
      awaitAll(tab);
    }
    awaitState(tab, "live");
    assertThat(tab.evaluate("return subscription.measurements().reconnections")).isEqualTo(3L);
    assertThat(tab.evaluate("return subscription.measurements().activities")).isEqualTo(600L);
  }

  @Test
  void noticesThatAConnectionIsDeadThatNobodyHasClosed() throws Exception {
    follow(tab);

    wire.freeze();
    record(10);
    awaitState(tab, "connecting");
    wire.thaw();

    awaitAll(tab);
    awaitState(tab, "live");
  }

  @Test
  void comesBackWhereNothingAnsweredForAWhile() throws Exception {
    follow(tab);

    wire.refuse();
    wire.cut();
    record(10);
    awaitFailures(5); // its own, the browser's first, and those after growing times
    assertThat(tab.evaluate("return subscription.state")).isEqualTo("connecting");
    wire.accept();

    awaitAll(tab);
    awaitState(tab, "live");
  }

  @Test
  void comesBackFromAnswersThatEndAnEventSource() throws Exception {
    follow(tab);
    for (int status : new int[] {503, 404}) {
      wire.answer(status);
      wire.cut();
      record(10);
      awaitFailures(3);
      assertThat(tab.evaluate("return subscription.state")).isEqualTo("connecting");
      wire.passOn();

      awaitAll(tab);
      awaitState(tab, "live");
    }
  }

  @Test
  void closesWhereItIsOfNoUseToAskAgain() throws Exception {
    follow(tab);

    wire.answer(403);
    wire.cut();

    awaitState(tab, "forbidden");
    assertThat(tab.evaluate("return states")).isEqualTo(List.of("live", "connecting", "forbidden"));
  }

  @Test
  void staysAwayWhereAnAdministratorHasEndedIt() throws Exception {
    follow(tab);
    String id =
        Server.json(server.get("api/readers"))
            .getJsonArray("readers")
            .getValuesAs(JsonObject.class)
            .stream()
            .filter(reader -> reader.getJsonObject("filter").toString().contains(source))
            .findFirst()
            .orElseThrow()
            .getString("id");
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.base().resolve("api/readers/" + id)).DELETE().build(),
            HttpResponse.BodyHandlers.discarding());

    awaitState(tab, "closed");
    tab.evaluate("dispatchEvent(new Event('online'))"); // there may be a way now
    server.awaitNoReaders();
    assertThat(tab.evaluate("return states")).isEqualTo(List.of("live", "closed"));
  }

  @Test
  void tellsNothingMoreOnceTheApplicationHasClosedIt() throws Exception {
    record(2);
    tab.evaluate("delete window.EventSource"); // pages bring both at once
    tab.evaluate(
        """
        Object.assign(window, { seen: [], states: [] });
        window.subscription = trailcast.subscribe({
          filters: { source: arguments[0] },
          since: 'earliest',
          onActivity(activity) { seen.push(activity.data); subscription.close(); },
          onState: state => states.push(state),
        });
        """,
        source);

    tab.await("the first", "seen.length > 0");

    assertThat(tab.evaluate("return seen")).isEqualTo(List.of(1L));
    assertThat(tab.evaluate("return states.at(-1)")).isEqualTo("closed");
  }

  @Test
  void opensNoConnectionOnceTheApplicationHasClosedIt() throws Exception {
    tab.evaluate(
        """
        window.subscription = trailcast.subscribe({
          filters: { source: arguments[0] },
          onActivity() {},
          onState: state => state === 'offline' && subscription.close(),
        });
        """,
        source);
    awaitState(tab, "live");

    online(false); // it would connect anew, to see whether that is true
    awaitState(tab, "closed");
    online(true);

    follow(tab, "live", Map.of("user", "another"));
    assertThat(wire.requests("api/events")).isEqualTo(2);
  }

  @Test
  void tellsOfWhatCanNotBeGivenBack() throws Exception {
    loseItsPlace();
    follow(tab);

    assertThat(tab.evaluate("return gaps")).isEqualTo(List.of("unknown"));
    record(3);
    tab.await("what comes then", "seen.length === 3");
    assertThat(tab.evaluate("return kept.concat(seen)")).isEqualTo(all());
  }

  @Test
  void goesOnAfterAGapWhenTheApplicationHasReloadedItsState() throws Exception {
    loseItsPlace();
    goesOnWhenItHasReloaded(Map.of());
  }

  @Test
  void goesOnAfterAGapWhileAnotherTabLeadsWhenTheApplicationHasReloadedItsState() throws Exception {
    try (Tab leader = browser.open(page())) {
      follow(leader, "live", Map.of("keep", 0));
      record(3);
      awaitAll(leader);
      goesOnWhenItHasReloaded(Map.of("keep", 0, "since", Map.of("position", "another-1")));
      awaitAll(leader);
      assertThat(wire.requests("api/events")).isEqualTo(2); // the leader's, and the other one's
    }
  }

  @Test
  void goesOnAfterAGapOfPagesWhenTheApplicationHasReloadedItsState() throws Exception {
    loseItsPlace();
    awaitModules(tab);
    tab.evaluate("delete window.EventSource");
    goesOnWhenItHasReloaded(Map.of());
  }

  private void goesOnWhenItHasReloaded(Map<String, Object> options) throws Exception {
    awaitModules(tab);
    tab.evaluate(
        """
        Object.assign(window, { gaps: [], seen: [], others: [] });
        window.subscription = trailcast.subscribe({
          filters: { source: arguments[0] },
          ...arguments[1],
          onActivity: ({ data }, { kept }) => kept || seen.push(data),
          onGap: ({ resumed }) => new Promise((fulfil, reject) => gaps.push({ resumed, reject })),
        });
        """,
        source,
        options);
    tab.await("the gap", "gaps.length === 1");
    record(3);
    tab.evaluate(
        """
        trailcast.subscribe({
          filters: { source: arguments[0], type: 'counted' },
          since: { position: gaps[0].resumed },
          onActivity: ({ data }) => others.push(data),
        });
        """,
        source);
    tab.await("what another one sees", "others.length === 3");
    assertThat(tab.evaluate("return seen")).isEqualTo(List.of());

    tab.evaluate("gaps[0].reject('it is reported, and goes on')");

    tab.await("what comes then", "seen.length === 3");
    assertThat(tab.evaluate("return seen")).isEqualTo(all().subList(3, 6));
    assertThat(tab.evaluate("return gaps.length")).isEqualTo(1L);
  }

  /** Records three, and is to come back with a position that this journal never had. */
  private void loseItsPlace() throws Exception {
    follow(tab);
    record(3);
    awaitAll(tab);
    awaitKept(tab);
    tab.evaluate("subscription.close()");
    tab.evaluate("await stored('kept', record => ({ ...record, position: 'another-1' }))");
    tab.reload();
  }

  @Test
  void pollsBehindAProxyThatHoldsTheStreamBackAndReturnsToTheStream() throws Exception {
    wire.holdBack(true);
    follow(tab, "polling", Map.of());
    record(10);
    awaitAll(tab);

    wire.holdBack(false);
    record(10);

    awaitState(tab, "live");
    record(10);
    awaitAll(tab);
    // A page that was read while more came says that there is more: it may be catching up now and
    // then, and polling again.
    assertThat(
            tab.evaluate(
                """
                return states.filter(state => state !== 'catching-up')
                  .filter((state, i, all) => state !== all[i - 1]);
                """))
        .isEqualTo(List.of("polling", "live"));
  }

  @Test
  void pollsWhereThereIsNoEventSource() throws Exception {
    tab.evaluate("delete window.EventSource");
    follow(tab, "polling", Map.of());
    record(10);
    awaitAll(tab);

    wire.cut();
    record(10);

    awaitAll(tab);
    awaitState(tab, "polling");
    assertThat(wire.requests("api/events")).isZero();
  }

  @Test
  void hasOneConnectionForAllTabs() throws Exception {
    follow(tab);
    try (Tab other = browser.open(page())) {
      follow(other);
      record(2000);
      awaitAll(tab);
      awaitAll(other);
      assertThat(wire.requests("api/events")).isEqualTo(1);

      tab.close();
      record(2000);

      awaitAll(other);
      awaitState(other, "live");
      assertThat(wire.requests("api/events")).isEqualTo(2);
    } finally {
      tab = browser.open(page());
    }
  }

  @Test
  void goesOnWhereTheTabThatLeadsNoLongerAnswers() throws Exception {
    follow(tab);
    try (Tab other = browser.open(page())) {
      follow(other);
      tab.evaluate("setTimeout(() => { for (const end = Date.now() + 8000; Date.now() < end;); })");
      record(10);
      awaitAll(other); // tabs of one process have to wait, too

      awaitAll(tab);
      record(10);
      awaitAll(tab);
      awaitAll(other);
      awaitState(tab, "live");
      awaitState(other, "live");
    }
  }

  @Test
  void showsAtOnceWhatWasKeptOverAReloadAndCatchesUp() throws Exception {
    follow(tab, "live", Map.of("keep", 20));
    record(100);
    awaitAll(tab);
    awaitKept(tab);

    tab.reload();
    awaitModules(tab);
    record(10);
    wire.answer(503);
    tab.evaluate(FOLLOW, source, Map.of("keep", 20, "silence", 3000));
    tab.await("what was kept", "kept.length === 20");
    wire.passOn();

    tab.await("what came meanwhile", "seen.length === 10");
    assertThat(tab.evaluate("return kept.concat(seen)")).isEqualTo(all().subList(80, 110));
    awaitState(tab, "live");
  }

  @Test
  void isOfflineWhereTheBrowserSaysSoAndNothingAnswers() throws Exception {
    follow(tab);

    wire.refuse();
    wire.cut();
    online(false);
    awaitState(tab, "offline");
    record(10);
    wire.accept();
    online(true);

    awaitAll(tab);
    awaitState(tab, "live");
  }

  @Test
  void believesAConnectionThatIsThereMoreThanTheBrowser() throws Exception {
    follow(tab);

    online(false);

    record(10);
    awaitAll(tab);
    awaitState(tab, "live");
  }

  @Test
  void goesOnWhenTheUserReturnsToThePage() throws Exception {
    follow(tab);
    record(10);
    awaitAll(tab);
    awaitKept(tab);

    tab.navigate(wire.uri("trailcast/icon.svg"));
    wire.await("that a page which sleeps has no stream", open -> open.streams() == 0);
    record(10);
    tab.back();

    tab.await("the page", "location.pathname.endsWith('page.html') && 'trailcast' in window");
    if (tab.evaluate("return 'seen' in window").equals(false)) {
      follow(tab); // Firefox sends pages to sleep only if they have no lock: it is loaded anew
    }
    tab.await("all", "kept.length + seen.length >= arguments[0]", recorded);
    assertThat(tab.evaluate("return kept.concat(seen)")).isEqualTo(all());
    awaitState(tab, "live");
  }

  @Test
  void forgetsAllThatIsKeptAndEndsInAllTabs() throws Exception {
    follow(tab);
    record(10);
    awaitAll(tab);
    awaitKept(tab);
    try (Tab other = browser.open(page())) {
      follow(other);

      other.evaluate("await trailcast.forget()");

      awaitState(tab, "closed");
      awaitState(other, "closed");
      assertThat(other.evaluate("return stored('kept')")).isEqualTo(List.of());
      assertThat((List<?>) other.evaluate("return stored('forgotten')")).hasSize(1); // how often
      wire.await("no stream", open -> open.streams() == 0);
      other.reload();
      follow(other);
      assertThat(other.evaluate("return kept")).isEqualTo(List.of());
    }
  }

  @Test
  void handsAnActivityOverOnceThoughTheApplicationFailsAtIt() throws Exception {
    tab.evaluate(
        """
        window.reported = 0;
        addEventListener('error', () => reported++);
        window.seen = [];
        window.subscription = trailcast.subscribe({
          filters: { source: arguments[0] },
          onActivity(activity) { seen.push(activity.data); throw new Error('of the application'); },
        });
        """,
        source);
    awaitState(tab, "live");

    record(10);

    awaitAll(tab);
    assertThat(tab.evaluate("return reported")).isEqualTo(10L);
    awaitState(tab, "live");
  }

  @Test
  void worksWhereTheBrowserGivesNeitherLocksNorChannelsNorStorage() throws Exception {
    tab.evaluate(
        """
        Object.defineProperty(navigator, 'locks', { value: undefined });
        delete window.BroadcastChannel;
        Object.defineProperty(window, 'indexedDB', { get() { throw new Error('not allowed'); } });
        """);
    follow(tab);
    record(10);
    awaitAll(tab);

    wire.cut();
    record(10);

    awaitAll(tab);
  }

  @Test
  void worksWhereTheBrowserRefusesLocksAndChannelsAndStorage() throws Exception {
    tab.evaluate(REFUSING);
    follow(tab);
    record(10);
    awaitAll(tab);

    tab.evaluate("await trailcast.forget()"); // there is nothing

    awaitState(tab, "closed");
    follow(tab);
    assertThat(tab.evaluate("return kept")).isEqualTo(List.of());
  }

  @Test
  void worksWhereTheBrowserRefusesLocksAlone() throws Exception {
    tab.evaluate("navigator.locks.request = async () => { throw new Error('not allowed'); }");
    follow(tab);
    record(10);
    awaitAll(tab);
  }

  @Test
  void worksInBrowsersOf2022() throws Exception {
    wire.holdBack(true); // it asks for pages, and returns to the stream: all that there is
    try (Tab old = browser.open(wire.uri("of-2022.html"))) {
      follow(old, "polling", Map.of());
      record(10);
      awaitAll(old);

      wire.holdBack(false);
      awaitState(old, "live");
      record(10);

      awaitAll(old);
    }
  }

  @Test
  void handsTheSameValuesOverByEveryWay() throws Exception {
    String values =
        "[1e400, -1e400, -0, 1e-400, 12345678901234567890, \"]}\\\",\\\"position\\\":\\\"1\\\"}\"]";
    String parsed =
        tab.evaluate("return JSON.parse(arguments[0]).map(String)", values)
            + " with "
            + Map.of("minus", true);
    follow(tab); // by the stream
    try (Tab following = browser.open(page());
        Tab polling = browser.open(page())) {
      follow(following); // by what the other tab says
      polling.evaluate("delete window.EventSource");
      follow(polling, "polling", Map.of("user", "another", "keep", 0)); // the first's is awaited

      server.record(
          "{\"source\":\"%s\",\"type\":\"valued\",\"data\":%s}".formatted(source, values));
      recorded++;

      for (Tab each : List.of(tab, following, polling)) {
        each.await("it", "seen.length === 1");
        assertThat(valuesOf(each, "seen")).isEqualTo(parsed);
      }
    }
    awaitKept(tab);
    tab.reload();
    follow(tab);
    tab.await("what it kept", "kept.length === 1");
    assertThat(valuesOf(tab, "kept")).isEqualTo(parsed);
  }

  /** The first activity's, in words, for the driver's JSON can't say them; and whether 0 is -0. */
  private static String valuesOf(Tab follower, String list) {
    return follower.evaluate("return " + list + "[0].map(String)")
        + " with "
        + follower.evaluate("return { minus: Object.is(" + list + "[0][2], -0) }");
  }

  @Test
  void makesTheDigestsThatTellOfAnErasure() throws Exception {
    List<String> texts = new ArrayList<>(List.of("", "abc", "ä€𝄞".repeat(30)));
    for (int length : List.of(55, 56, 63, 64, 65, 119, 120, 1_000)) { // around the ends of blocks
      texts.add("x".repeat(length));
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    List<String> digests =
        texts.stream()
            .map(text -> digest.digest(text.getBytes(StandardCharsets.UTF_8)))
            .map(HexFormat.of()::formatHex)
            .toList();

    assertThat(tab.evaluate("return arguments[0].map(sha256)", texts)).isEqualTo(digests);
  }

  @Test
  void namesTheOptionThatIsWrong() {
    assertThat(
            tab.evaluate(
                """
                const wrong = [
                  ['onActivity', {}],
                  ['onGap', { onGap: 1 }],
                  ['url', { url: 'ftp://localhost/' }],
                  ['filters.kind', { filters: { kind: 'x' } }],
                  ['filters.type', { filters: { type: ['x', 1] } }],
                  ['since', { since: 'yesterday' }],
                  ['since', { since: new Date(NaN) }],
                  ['since', { since: { last: -1 } }],
                  ['since', { since: { position: '' } }],
                  ['user', { user: 1 }],
                  ['user', { token: () => 'x' }],
                  ['user', { withCredentials: true }],
                  ['token', { token: 'x' }],
                  ['withCredentials', { withCredentials: 1 }],
                  ['keep', { keep: 0.5 }],
                  ['silence', { silence: 10 }],
                  ['limit', { limit: 1 }],
                ];
                return wrong.filter(([name, options]) => {
                  try {
                    trailcast.subscribe({
                      ...(name === 'onActivity' ? {} : { onActivity() {} }),
                      ...options,
                    });
                    return true;
                  } catch (problem) {
                    const named = problem.message.startsWith(`${name} must be `);
                    return !(problem instanceof TypeError && named);
                  }
                });
                """))
        .isEqualTo(List.of());
  }

  private URI page() {
    return wire.uri(ModulePage.PATH);
  }

  /** Follows from now on, live. */
  private void follow(Tab follower) {
    follow(follower, "live", Map.of());
  }

  private void follow(Tab follower, String state, Map<String, Object> options) {
    awaitModules(follower);
    follower.evaluate(FOLLOW, source, options);
    awaitState(follower, state);
  }

  /** WebKit says that a page has loaded when its modules have not. */
  private void awaitModules(Tab follower) {
    follower.await("the modules", "'trailcast' in window");
  }

  private void awaitState(Tab follower, String state) {
    follower.await(state, "subscription.state === arguments[0]", state);
  }

  private void awaitFailures(int count) {
    tab.await(
        "failures",
        "subscription.measurements().errors >= (window.before ??= subscription.measurements().errors)"
            + " + arguments[0] && !(window.before = undefined)",
        count);
  }

  /** Everything that was recorded, in order, each once. */
  private void awaitAll(Tab follower) {
    follower.await("all", "seen.length >= arguments[0]", recorded);
    assertThat(follower.evaluate("return seen")).isEqualTo(all());
  }

  private void awaitKept(Tab follower) {
    follower.await(
        "what is kept",
        "(await stored('kept')).some(({ position }) => position === subscription.position)");
  }

  private List<Long> all() {
    return LongStream.rangeClosed(1, recorded).boxed().toList();
  }

  private void record(int count) throws Exception {
    server.recordAll(
        LongStream.rangeClosed(recorded + 1, recorded + count)
            .mapToObj(
                n -> "{\"source\":\"%s\",\"type\":\"counted\",\"data\":%d}".formatted(source, n))
            .toList());
    recorded += count;
  }

  /**
   * No driver can switch the browser off alike; so it is the wire that is, and this is its word.
   */
  private void online(boolean whether) {
    tab.evaluate(
        """
        Object.defineProperty(navigator, 'onLine', { value: arguments[0], configurable: true });
        dispatchEvent(new Event(arguments[0] ? 'online' : 'offline'));
        """,
        whether);
  }
}
