package dev.trailcast.stream.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.browser.Browser;
import dev.trailcast.it.browser.BrowserKind;
import dev.trailcast.it.browser.Tab;
import dev.trailcast.it.browser.Wire;
import java.util.List;
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
import org.junit.jupiter.params.provider.EnumSource;

/** What a page sees that follows with the browser's own EventSource. */
@ExtendWith(ArquillianExtension.class)
@ParameterizedClass
@EnumSource
class EventSourceIT {
  private static final String FOLLOW =
      """
      window.seen = [];
      window.source = new EventSource(`api/events?source=${arguments[0]}`);
      source.onmessage = event => seen.push(JSON.parse(event.data).data);
      """;

  private static Browser browser;

  @Parameter BrowserKind kind; // Arquillian lets nobody else give arguments to methods

  @ArquillianResource private Server server;
  private Wire wire;
  private Tab tab;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with("trailcast.stream.heartbeat", "PT60S"); // what comes, comes of itself
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
      browser = kind.start(); // one for all tests
    }
    wire = new Wire(server.base());
    tab = browser.open(wire.uri(""));
  }

  @AfterEach
  void leave() throws Exception {
    if (tab != null) { // the browser may not be installed
      tab.close();
      wire.close();
    }
  }

  @Test
  void getsEachActivityAtOnceAndCompressed() throws Exception {
    tab.evaluate(FOLLOW, "/at-once");
    tab.await("the stream", "source.readyState === EventSource.OPEN");

    for (long n = 1; n <= 3; n++) {
      record("/at-once", n, n);
      tab.await("activity " + n, "seen.length === arguments[0]", n);
    }

    assertThat(tab.evaluate("return seen")).isEqualTo(List.of(1L, 2L, 3L));
    assertThat(
            tab.evaluate(
                """
                const abort = new AbortController();
                const headers = { Accept: 'text/event-stream' };
                const response = await fetch('api/events', { headers, signal: abort.signal });
                abort.abort();
                return response.headers.get('Content-Encoding');
                """))
        .isEqualTo("gzip");
  }

  @Test
  void missesNothingAndSeesNothingTwiceOverCuts() throws Exception {
    tab.evaluate(FOLLOW, "/cut");
    tab.await("the stream", "source.readyState === EventSource.OPEN");

    for (long cut = 0; cut < 2; cut++) {
      record("/cut", cut * 200 + 1, cut * 200 + 100);
      tab.await("some", "seen.length > arguments[0]", cut * 200);
      wire.cut();
      record("/cut", cut * 200 + 101, cut * 200 + 200);
      tab.await("all", "seen.length >= arguments[0]", cut * 200 + 200);
    }

    assertThat(tab.evaluate("return seen"))
        .isEqualTo(LongStream.rangeClosed(1, 400).boxed().toList());
  }

  private void record(String source, long first, long last) throws Exception {
    server.recordAll(
        LongStream.rangeClosed(first, last)
            .mapToObj(
                n -> "{\"source\":\"%s\",\"type\":\"counted\",\"data\":%d}".formatted(source, n))
            .toList());
  }
}
