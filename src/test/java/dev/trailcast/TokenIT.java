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
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/** Pages that follow as somebody, with a token that ends. */
@ExtendWith(ArquillianExtension.class)
@ParameterizedClass
@EachBrowser
class TokenIT {
  /**
   * Stands between the page and the server, and asks for tokens: {@code door.valid} are taken,
   * others are answered {@code door.status}. {@code door.expire()} ends the streams as the server
   * does whose token ends.
   */
  private static final String SCRIPT =
      """
      import * as trailcast from './trailcast.js';
      import { TokenEventSource } from './trailcast/client/token-event-source.js';

      const CLOSING = 'event: trailcast.closing\\ndata: {"reason":"expired","retry":60000}\\n\\n';
      const served = window.fetch.bind(window);
      const streams = new Set();
      window.door = {
        valid: new Set(),
        status: 401,
        asked: [],
        expire() { streams.forEach(end => end()); },
      };
      window.fetch = async (url, { headers: { Authorization, ...headers } = {}, ...init } = {}) => {
        const token = Authorization?.replace('Bearer ', '');
        const path = new URL(url).pathname.split('/').at(-1);
        door.asked.push(`${path} ${token}`);
        if (!door.valid.has(token)) {
          return new Response('{"detail":"not with this token"}', {
            status: door.status,
            headers: { 'Content-Type': 'application/problem+json' },
          });
        }
        const response = await served(url, { ...init, headers });
        return path === 'events' ? new Response(ending(response.body.getReader()), response) : response;
      };

      function ending(reader) {
        let end;
        return new ReadableStream({
          start(controller) {
            end = () => {
              streams.delete(end);
              controller.enqueue(new TextEncoder().encode(CLOSING));
              controller.close();
              reader.cancel();
            };
            streams.add(end);
          },
          async pull(controller) {
            const { value, done } = await reader.read();
            if (streams.has(end)) {
              done ? controller.close() : controller.enqueue(value);
            }
          },
          cancel() {
            streams.delete(end);
            reader.cancel();
          },
        });
      }

      window.TokenEventSource = TokenEventSource;
      window.stored = () => new Promise((resolve, reject) => {
        const opening = indexedDB.open('trailcast');
        opening.onerror = reject;
        opening.onsuccess = () => {
          const all = opening.result.transaction('kept').objectStore('kept').getAll();
          all.onsuccess = () => { opening.result.close(); resolve(all.result); };
        };
      });
      window.trailcast = trailcast;
      """;

  /** As a user with the tokens that are valid one after another; the last again and again. */
  private static final String FOLLOW =
      """
      const [source, user, ...tokens] = arguments;
      Object.assign(window, { kept: [], seen: [], states: [], details: [] });
      window.token ??= () => tokens.length > 1 ? tokens.shift() : tokens[0];
      window.subscription = trailcast.subscribe({
        filters: { source },
        user,
        token: () => token(),
        silence: 3000,
        onActivity: (activity, place) => (place.kept ? kept : seen).push(activity.data),
        onState: (state, detail) => { states.push(state); details.push(detail); },
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
    return ModulePage.with(TestArchive.with(), SCRIPT); // with a heartbeat of 1 s
  }

  @AfterParameterizedClassInvocation
  static void close() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }

  @BeforeEach
  void open() throws Exception {
    if (browser == null) {
      browser = kind.start();
    }
    wire = new Wire(server.base());
    tab = open("alice-1");
  }

  /** A page before a door that takes this token. */
  private Tab open(String valid) {
    Tab opened = browser.open(wire.uri(ModulePage.PATH));
    opened.await("the modules", "'trailcast' in window");
    opened.evaluate("door.valid.add(arguments[0])", valid);
    return opened;
  }

  @AfterEach
  void leave() throws Exception {
    if (tab != null) {
      tab.close();
      wire.close();
    }
  }

  @Test
  void goesOnWithTheNextTokenWhereOneHasExpiredAndLosesNothing() throws Exception {
    tab.evaluate(FOLLOW, source, "alice", "alice-1", "alice-2", "alice-3");
    awaitState(tab, "live");
    for (String next : List.of("alice-2", "alice-3")) {
      record(100);
      awaitAll(tab);
      tab.evaluate("door.valid = new Set([arguments[0]]); door.expire()", next);
      record(100);
      tab.await("the next", "door.asked.includes(`events ${arguments[0]}`)", next);
      awaitAll(tab);
      awaitState(tab, "live");
      tab.evaluate("performance.now = () => Date.now() + 1e6"); // the next one expires later
    }
    assertThat(tab.evaluate("return states.filter(state => state === 'unauthorized')"))
        .isEqualTo(List.of());
    assertThat(tab.evaluate("return door.asked"))
        .isEqualTo(List.of("events alice-1", "events alice-2", "events alice-3"));
  }

  @Test
  void asksForAnotherTokenAtOnceWhereOneIsNotTaken() {
    tab.evaluate(FOLLOW, source, "alice", "old", "alice-1");
    awaitState(tab, "live");
    assertThat(tab.evaluate("return door.asked"))
        .isEqualTo(List.of("events old", "events alice-1"));
    assertThat(tab.evaluate("return states")).isEqualTo(List.of("live"));
  }

  @Test
  void isUnauthorizedAndSaysSoOnceWhereTheSecondIsNotTakenEither() {
    tab.evaluate(FOLLOW, source, "alice", "old", "older");
    awaitState(tab, "unauthorized");
    tab.evaluate("dispatchEvent(new Event('online'))"); // there may be a way now
    assertThat(tab.evaluate("return door.asked")).isEqualTo(List.of("events old", "events older"));
    assertThat(tab.evaluate("return states")).isEqualTo(List.of("unauthorized"));
    assertThat(tab.evaluate("return details")).isEqualTo(List.of("not with this token"));
  }

  @Test
  void isForbiddenAndSaysSoOnce() {
    tab.evaluate("door.status = 403");
    tab.evaluate(FOLLOW, source, "alice", "bob-1");
    awaitState(tab, "forbidden");
    assertThat(tab.evaluate("return door.asked")).isEqualTo(List.of("events bob-1"));
    assertThat(tab.evaluate("return states")).isEqualTo(List.of("forbidden"));
  }

  @Test
  void triesAgainWhereThereIsNoTokenForNow() {
    tab.evaluate(
        "let calls = 0; window.token = () => { if (++calls < 4) throw new Error('no'); return 'alice-1'; }");
    tab.evaluate(FOLLOW, source, "alice");
    awaitState(tab, "live");
    assertThat(tab.evaluate("return states.includes('unauthorized')")).isEqualTo(false);
  }

  @Test
  void goesOnOverCuts() throws Exception {
    tab.evaluate(FOLLOW, source, "alice", "alice-1");
    awaitState(tab, "live");
    for (int cut = 0; cut < 3; cut++) {
      record(100);
      tab.await("some", "seen.length > arguments[0]", recorded - 100);
      wire.cut();
      record(100);
      awaitAll(tab);
    }
    awaitState(tab, "live");
    assertThat(tab.evaluate("return subscription.measurements().reconnections")).isEqualTo(3L);
  }

  @Test
  void noticesThatAConnectionIsDeadThatNobodyHasClosed() throws Exception {
    tab.evaluate(FOLLOW, source, "alice", "alice-1");
    awaitState(tab, "live");

    wire.freeze();
    record(10);
    awaitState(tab, "connecting");
    wire.thaw();

    awaitAll(tab);
    awaitState(tab, "live");
  }

  @Test
  void pollsWhereTheStreamIsHeldBack() throws Exception {
    wire.holdBack(true);
    tab.evaluate(FOLLOW, source, "alice", "alice-1");
    awaitState(tab, "polling");
    record(10);
    awaitAll(tab);

    wire.holdBack(false);

    awaitState(tab, "live");
    record(10);
    awaitAll(tab);
  }

  @Test
  void hasOneConnectionForAllTabsOfAUser() throws Exception {
    tab.evaluate(FOLLOW, source, "alice", "alice-1");
    awaitState(tab, "live");
    try (Tab other = open("alice-1")) {
      other.evaluate(FOLLOW, source, "alice", "alice-1");
      awaitState(other, "live");
      record(100);
      awaitAll(tab);
      awaitAll(other);
      assertThat(wire.requests("api/events")).isEqualTo(1);
    }
  }

  @Test
  void showsTheNextUserNothingOfTheOneBefore() throws Exception {
    tab.evaluate(FOLLOW, source, "alice", "alice-1");
    awaitState(tab, "live");
    record(10);
    awaitAll(tab);
    tab.await("what is kept", "(await stored()).some(({ items }) => items.length === 10)");
    try (Tab other = open("bob-1")) {
      other.evaluate(FOLLOW, source, "bob", "bob-1");
      awaitState(other, "live");
      record(1);
      other.await("what is new", "seen.length === 1");
      assertThat(other.evaluate("return kept")).isEqualTo(List.of());
      assertThat(wire.requests("api/events")).isEqualTo(2);

      tab.evaluate("await trailcast.forget()");

      awaitState(other, "closed");
      assertThat(other.evaluate("return stored()")).isEqualTo(List.of());
    }
  }

  @Test
  void readsAStreamHoweverItComesInPieces() {
    assertThat(
            tab.evaluate(
                """
                const wire = ':hb\\n\\r\\nretry: 1\\r\\ndata: ä€𝄞\\rdata:two\\r\\nid: 1\\n\\nevent: named\\ndata: x\\ndata\\n\\n'
                  + 'id: 2\\n\\n: nothing\\ndata: half of it\\nid: 3\\n';
                const bytes = new TextEncoder().encode(wire);
                const failures = [];
                for (let size = 1; size <= 24; size++) {
                  const told = [];
                  const resumed = await new Promise(resolve => {
                    let attempts = 0;
                    window.fetch = async (url, { headers }) => {
                      if (++attempts > 1) {
                        resolve(headers['Last-Event-ID']);
                        return new Response('', { status: 404 });
                      }
                      return new Response(new ReadableStream({
                        start(controller) {
                          for (let i = 0; i < bytes.length; i += size) {
                            controller.enqueue(bytes.slice(i, i + size));
                          }
                          controller.close();
                        },
                      }), { headers: { 'Content-Type': 'text/event-stream;charset=UTF-8' } });
                    };
                    const stream = new TokenEventSource({ token: () => 't' }, 'http://localhost/');
                    for (const type of ['message', 'named']) {
                      stream.addEventListener(type, ({ data, lastEventId }) => told.push([type, data, lastEventId]));
                    }
                  });
                  const all = JSON.stringify([told, resumed]);
                  if (all !== '[[["message","ä€𝄞\\\\ntwo","1"],["named","x\\\\n","1"]],"2"]') {
                    failures.push(`${size}: ${all}`);
                  }
                }
                return failures;
                """))
        .isEqualTo(List.of());
  }

  private void awaitState(Tab follower, String state) {
    follower.await(state, "subscription.state === arguments[0]", state);
  }

  /** Everything that was recorded, in order, each once. */
  private void awaitAll(Tab follower) {
    follower.await("all", "seen.length >= arguments[0]", recorded);
    assertThat(follower.evaluate("return seen"))
        .isEqualTo(LongStream.rangeClosed(1, recorded).boxed().toList());
  }

  private void record(int count) throws Exception {
    server.recordAll(
        LongStream.rangeClosed(recorded + 1, recorded + count)
            .mapToObj(
                n -> "{\"source\":\"%s\",\"type\":\"counted\",\"data\":%d}".formatted(source, n))
            .toList());
    recorded += count;
  }
}
