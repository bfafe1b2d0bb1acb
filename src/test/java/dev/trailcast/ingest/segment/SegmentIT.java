package dev.trailcast.ingest.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.segment.analytics.Analytics;
import com.segment.analytics.Callback;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.Message;
import com.segment.analytics.messages.PageMessage;
import com.segment.analytics.messages.TrackMessage;
import dev.trailcast.Await;
import dev.trailcast.it.Commands;
import dev.trailcast.it.NpmProducer;
import dev.trailcast.it.RawHttp;
import dev.trailcast.it.Server;
import dev.trailcast.it.Shell;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.Visitor;
import dev.trailcast.it.Website;
import dev.trailcast.it.browser.Browser;
import dev.trailcast.it.browser.BrowserKind;
import dev.trailcast.it.browser.Tab;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries as they are, against a server. */
@ExtendWith(ArquillianExtension.class)
class SegmentIT {
  private static final String END = "\r\n";
  private static final String CURLS = "the-key-that-curl-has";
  private static final String JAVAS = "the-key-that-java-has";
  private static final String NODES = "the-key-that-node-has";
  private static final String RUDDERSTACKS = "the-key-of-rudderstack";
  private static final String PAGES = "the-key-that-pages-have";
  private static final String DOCS = "k1Zq8TnVx0pLrW3u"; // as docs/segment.md has it
  private static final Website WEBSITE = new Website("text/html;charset=UTF-8", page());

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with(
        "trailcast.segment.write-keys",
        "curl:%s,java:%s,node:%s,rudderstack:%s,pages:%s,docs:%s"
            .formatted(CURLS, JAVAS, NODES, RUDDERSTACKS, PAGES, DOCS),
        "trailcast.access.publish",
        "key:curl, key:java, key:node, key:rudderstack, key:docs, key:pages?type=page.*&type=user.*&type=order.*",
        "trailcast.http.origins",
        WEBSITE.localhost().toString());
  }

  @AfterAll
  static void closeWebsite() {
    WEBSITE.close();
  }

  @Test
  void takesEveryCallAtItsPathsWithASlashOrWithout() throws Exception {
    String[] key = Visitor.writeKey(CURLS);
    String header = key[0] + ": " + key[1] + END;
    List<String> paths =
        List.of(
            "track",
            "identify",
            "page",
            "screen",
            "group",
            "alias",
            "batch",
            "import",
            "t",
            "i",
            "p",
            "s",
            "g",
            "a",
            "b");
    for (String path : paths) {
      for (String slash : List.of("", "/")) {
        String message =
            "{\"type\":\"track\",\"event\":\"Came By\",\"messageId\":\"%s%s\"}"
                .formatted(path, slash);
        for (String label :
            List.of("text/plain", "application/x-www-form-urlencoded", "application/json")) {
          RawHttp answer =
              server.raw(
                  "POST api/v1/" + path + slash,
                  "%sContent-Type: %s%sContent-Length: %d%s%s%s"
                      .formatted(header, label, END, message.length(), END, END, message));
          assertThat(answer.status()).as(path + slash + label + answer.body()).isEqualTo(200);
          assertThat(answer.body()).contains("\"success\":true");
        }
      }
    }
    assertThat(server.raw("POST api/v1/other", header + "Content-Length: 0" + END + END).status())
        .isEqualTo(404);
    assertThat(server.raw("GET api/v1/track", header + END).status()).isEqualTo(405);
    assertThat(recordedBy("curl")).hasSize(2 * paths.size());
  }

  @Test
  void recordsWhatTheDocsTellToTypeWithAKey(@TempDir Path directory) throws Exception {
    Shell shell = new Shell(directory);
    shell.standInForCurl(server);
    for (String command : Commands.documented(Commands.Kind.WITH_A_WRITE_KEY)) {
      assertThat(shell.type(command)).contains("\"success\":true");
    }

    assertThat(recordedBy("docs"))
        .extracting(activity -> activity.getString("actor"))
        .containsExactly("alice");
  }

  @Test
  void recordsOnceWhatJavasLibrarySendsAndIsRepeated() throws Exception {
    int count = 200;
    Queue<Message> sent = new ConcurrentLinkedQueue<>();
    AtomicInteger failed = new AtomicInteger();
    try (RepeatingGateway gateway = new RepeatingGateway(server, 0)) {
      Analytics analytics =
          Analytics.builder(JAVAS)
              .endpoint(gateway.base().resolve("api").toString())
              .flushQueueSize(25)
              .callback(
                  new Callback() {
                    @Override
                    public void success(Message message) {
                      sent.add(message);
                    }

                    @Override
                    public void failure(Message message, Throwable why) {
                      failed.incrementAndGet();
                    }
                  })
              .build();
      analytics.enqueue(IdentifyMessage.builder().userId("alice").traits(Map.of("plan", "a")));
      analytics.enqueue(
          PageMessage.builder("Home").anonymousId("a-1").properties(Map.of("path", "/home")));
      for (int n = 2; n < count; n++) {
        analytics.enqueue(
            TrackMessage.builder("Order Completed").userId("alice").properties(Map.of("n", n)));
      }
      analytics.flush();
      Await.until("all to be acknowledged", () -> sent.size() + failed.get() == count);
      analytics.shutdown();
    }

    assertThat(failed).hasValue(0);
    List<JsonObject> recorded = recordedBy("java");
    assertThat(recorded)
        .extracting(activity -> activity.getString("id"))
        .containsExactlyInAnyOrderElementsOf(sent.stream().map(Message::messageId).toList());
    assertThat(recorded.stream().filter(each -> each.getString("type").equals("order.completed")))
        .extracting(
            activity -> activity.getJsonObject("data").getJsonObject("properties").getInt("n"))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(2, count).boxed().toList());
    assertThat(recorded)
        .anySatisfy(
            activity -> {
              assertThat(activity.getString("type")).isEqualTo("page.viewed");
              assertThat(activity.getString("subject")).isEqualTo("/home");
              assertThat(activity.containsKey("actor")).isFalse();
            })
        .anySatisfy(
            activity -> {
              assertThat(activity.getString("type")).isEqualTo("user.identified");
              assertThat(activity.getString("actor")).isEqualTo("alice");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "segment-node.js, node, " + NODES,
    "rudderstack-node.js, rudderstack, " + RUDDERSTACKS
  })
  void recordsOnceWhatALibraryOfNodeSendsAndSendsAgain(String program, String name, String key)
      throws Exception {
    int count = 100;
    try (RepeatingGateway gateway = new RepeatingGateway(server, 2)) {
      NpmProducer.run(program, gateway.base(), key, count);
      assertThat(gateway.toLose()).isNegative(); // it has lost all that it was to
    }

    assertThat(recordedBy(name))
        .allSatisfy(
            activity -> {
              assertThat(activity.getString("type")).isEqualTo("order.completed");
              assertThat(activity.getString("actor")).isEqualTo("alice");
            })
        .extracting(
            activity -> activity.getJsonObject("data").getJsonObject("properties").getInt("n"))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, count).boxed().toList());
  }

  @Test
  void recordsWhatSegmentsLibrarySendsFromAPageOfAnotherOrigin() throws Exception {
    NpmProducer.mustBeInstalled();
    try (Browser browser = BrowserKind.CHROMIUM.start()) {
      Tab tab = browser.open(WEBSITE.localhost().resolve("/products/42"));
      tab.evaluate(
          """
          const [apiHost, writeKey] = arguments;
          const integrations = { 'Segment.io': { apiKey: writeKey, apiHost, protocol: 'http' } };
          const analytics =
            AnalyticsNext.AnalyticsBrowser.load({ writeKey, cdnSettings: { integrations } });
          await analytics.identify('alice', { plan: 'a' });
          await analytics.page();
          await analytics.track('Order Completed', { total: 1.5 });
          """,
          server.base().getAuthority() + server.base().getPath() + "api/v1",
          PAGES);
      Await.until("all of it to be recorded", () -> recordedBy("pages").size() == 3);
    }

    assertThat(recordedBy("pages"))
        .extracting(
            activity -> activity.getString("type"),
            activity -> activity.getString("actor"),
            activity -> activity.getString("subject", null))
        .containsExactlyInAnyOrder(
            tuple("user.identified", "alice", null),
            tuple("page.viewed", "alice", "/products/42"),
            tuple("order.completed", "alice", null));
  }

  /** Segment's library for browsers, in a page; an empty page where that is not installed. */
  private static String page() {
    Path library =
        NpmProducer.FOLDER.resolve("node_modules/@segment/analytics-next/dist/umd/index.js");
    try {
      String script = Files.exists(library) ? Files.readString(library) : "";
      return "<!doctype html><title>A page</title><script>" + script + "</script>";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that has been recorded by a key of this name. */
  private List<JsonObject> recordedBy(String key) throws Exception {
    JsonObject page =
        Server.json(server.get("api/activities?after=earliest&limit=1000&source=/" + key));
    assertThat(page.getBoolean("upToDate")).isTrue();
    return page.getJsonArray("activities").getValuesAs(JsonObject.class);
  }
}
