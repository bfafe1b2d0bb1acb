package dev.trailcast.stream.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.OnSharedServer;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and figures as a client sees them. */
@OnSharedServer
class PagesIT {
  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.shared();
  }

  @Test
  void givesPagesForwardsAndBackwardsWithThePositionOfEachActivity() throws Exception {
    List<String> positions = new ArrayList<>();
    for (int n = 1; n <= 5; n++) {
      positions.add(
          server.record(
              "{\"source\":\"/pages\",\"type\":\"a\",\"id\":\"" + n + "\",\"data\":1.0}"));
    }
    JsonObject first = page("source=/pages&after=earliest&limit=2");
    assertThat(ids(first)).containsExactly("1", "2");
    assertThat(positions(first)).isEqualTo(positions.subList(0, 2));
    assertThat(first.getString("next")).isEqualTo(positions.get(1));
    assertThat(first.getBoolean("upToDate")).isFalse();
    JsonObject rest = page("source=/pages&limit=100&after=" + first.getString("next"));
    assertThat(ids(rest)).containsExactly("3", "4", "5");
    assertThat(rest.getBoolean("upToDate")).isTrue();
    assertThat(ids(page("source=/pages&last=2"))).containsExactly("4", "5");
    assertThat(ids(page("source=/pages&since=0&limit=1"))).containsExactly("1");
    assertThat(ids(page("source=/pages&last=0"))).isEmpty();

    JsonObject newest = page("source=/pages&limit=3");
    assertThat(ids(newest)).containsExactly("5", "4", "3");
    JsonObject older = page("source=/pages&before=" + newest.getString("next"));
    assertThat(ids(older)).containsExactly("2", "1");
    assertThat(older).doesNotContainKey("next");
  }

  @Test
  void holdsARequestUntilThereIsSomethingForIt() throws Exception {
    ExecutorService client = Executors.newSingleThreadExecutor();
    try {
      String next = page("source=/held&last=0").getString("next");
      Future<HttpResponse<String>> held =
          client.submit(() -> get("source=/held&wait=PT60S&after=" + next));
      Await.until("the request to wait", () -> server.metric("trailcast_requests_waiting") > 0);
      server.record("{\"source\":\"/somewhere-else\",\"type\":\"a\"}");
      server.record("{\"source\":\"/held\",\"type\":\"a\",\"id\":\"h\"}");

      assertThat(ids(Server.json(held.get(20, TimeUnit.SECONDS)))).containsExactly("h");
      Await.until("it to wait no more", () -> server.metric("trailcast_requests_waiting") == 0);
    } finally {
      client.shutdown();
    }
  }

  @Test
  void losesAndRepeatsNothingForWhoeverPollsWhileMuchIsRecorded() throws Exception {
    ExecutorService client = Executors.newSingleThreadExecutor();
    try {
      String start = page("source=/polled&last=0").getString("next");
      Future<List<String>> polled = client.submit(() -> poll("source=/polled", start, 2_000));
      for (int n = 1; n <= 2_000; n += 50) {
        server.recordAll(numbered("/polled", n, 50));
      }
      assertThat(polled.get(60, TimeUnit.SECONDS))
          .isEqualTo(IntStream.rangeClosed(1, 2_000).mapToObj(Integer::toString).toList());
    } finally {
      client.shutdown();
    }
  }

  private List<String> poll(String filter, String start, int count) throws Exception {
    List<String> ids = new ArrayList<>();
    String next = start;
    while (ids.size() < count) {
      JsonObject page = page(filter + "&wait=PT20S&after=" + next);
      ids.addAll(ids(page));
      next = page.getString("next");
    }
    return ids;
  }

  @Test
  void answersAnEmptyPageWhenNothingHasHappened() throws Exception {
    JsonObject page = page("source=/never&last=0&wait=PT0.2S");

    assertThat(ids(page)).isEmpty();
    assertThat(page.getBoolean("upToDate")).isTrue();
    assertThat(page.getString("next")).matches("[a-z0-9]+-[0-9]+");
  }

  @Test
  void saysThatAPageIsTheSameAndHoldsWhoeverWaitsForAnother() throws Exception {
    server.record("{\"source\":\"/tagged\",\"type\":\"a\",\"id\":\"1\"}");
    String query = "source=/tagged&after=earliest";
    HttpResponse<String> first = get(query);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).matches("\"[A-Za-z0-9_-]+\"");
    assertThat(first.headers().firstValue("Cache-Control")).contains("private, no-cache");

    HttpResponse<String> same = get(query, "If-None-Match", tag);
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    assertThat(same.headers().firstValue("ETag")).contains(tag);
    assertThat(get(query + "&wait=PT0.2S", "If-None-Match", "W/\"x\", " + tag).statusCode())
        .isEqualTo(304);
    assertThat(get(query + "&limit=1", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);

    server.record("{\"source\":\"/tagged\",\"type\":\"a\",\"id\":\"2\"}");
    HttpResponse<String> changed = get(query, "If-None-Match", tag);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(ids(Server.json(changed))).containsExactly("1", "2");
  }

  @ParameterizedTest
  @CsvSource({"after, unknown", "before, unknown"})
  void announcesAPositionThatIsNoneOfThisJournal(String parameter, String reason) throws Exception {
    JsonObject gap = page(parameter + "=other-1").getJsonObject("gap");

    assertThat(gap.getString("reason")).isEqualTo(reason);
    assertThat(gap.getString("requested")).isEqualTo("other-1");
    assertThat(gap.getString("resumed")).matches("[a-z0-9]+-[0-9]+");
  }

  @Test
  void showsNobodyUnknownWhatHasAnAudience() throws Exception {
    server.record("{\"source\":\"/hidden\",\"type\":\"told\",\"id\":\"1\",\"audience\":\"bob\"}");
    server.record("{\"source\":\"/hidden\",\"type\":\"said\",\"id\":\"2\"}");

    assertThat(ids(page("source=/hidden&after=earliest"))).containsExactly("2");
    assertThat(ids(page("source=/hidden"))).containsExactly("2");
    JsonObject figures = Server.json(server.get("api/stats?source=/hidden"));
    assertThat(figures.getJsonObject("busiest").getInt("activities")).isEqualTo(1);
    assertThat(figures.toString()).contains("said").doesNotContain("told");
  }

  @ParameterizedTest
  @CsvSource({
    "api/activities?limit=no, limit must be",
    "api/activities?after=a-1&wait=soon, wait must be",
    "api/activities?lst=2, lst is no parameter here; did you mean last?",
    "api/stats?type=, type must",
    "api/stats?last=2, last is no parameter here"
  })
  void refusesAQueryThatIsNoneWithAProblemThatNamesIt(String path, String because)
      throws Exception {
    HttpResponse<String> response = server.get(path);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(Server.json(response).getString("detail")).startsWith(because);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api/activities?", "api/stats?", "api/stats?&_=1769860800000"})
  void takesAQueryThatSaysNothing(String path) throws Exception {
    assertThat(server.get(path).statusCode()).isEqualTo(200);
  }

  @Test
  void tellsFiguresNowAndEverySecond() throws Exception {
    server.awaitNoReaders();
    try (Reader figures = new Reader(server, "api/stats?source=/figures");
        Reader reader = new Reader(server, "api/events?source=/none")) {
      reader.await("opening", client -> client.events().size() == 1);
      figures.await("the first", client -> !client.controls("trailcast.stats").isEmpty());
      server.recordAll(numbered("/figures", 1, 7));

      figures.await(
          "the seven",
          client ->
              client.controls("trailcast.stats").stream()
                  .anyMatch(event -> event.data().contains("\"activities\":7")));
      JsonObject now = Server.json(server.get("api/stats?source=/figures"));
      assertThat(now.getInt("readers")).isEqualTo(1);
      assertThat(now.getJsonArray("perSecond")).hasSize(300);
      assertThat(now.getJsonObject("busiest").getJsonArray("types").getJsonObject(0))
          .isEqualTo(Json.createObjectBuilder().add("name", "counted").add("count", 7).build());
      figures.await(
          "their second",
          client ->
              client.controls("trailcast.stats").stream()
                  .anyMatch(event -> sum(event.data()) == 7));
    }
  }

  private static int sum(String figures) {
    JsonObject object = Json.createReader(new StringReader(figures)).readObject();
    return object.getJsonArray("perSecond").stream()
        .mapToInt(value -> Integer.parseInt(value.toString()))
        .sum();
  }

  private HttpResponse<String> get(String query, String... headers) throws Exception {
    return server.get("api/activities?" + query, headers);
  }

  private JsonObject page(String query) throws Exception {
    HttpResponse<String> response = get(query);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    return Server.json(response);
  }

  private static List<String> ids(JsonObject page) {
    return page.getJsonArray("activities").stream()
        .map(JsonValue::asJsonObject)
        .map(activity -> activity.getString("id"))
        .toList();
  }

  private static List<String> positions(JsonObject page) {
    return page.getJsonArray("activities").stream()
        .map(JsonValue::asJsonObject)
        .map(activity -> activity.getString("position"))
        .toList();
  }

  private static List<String> numbered(String source, int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(
            n -> "{\"source\":\"%s\",\"type\":\"counted\",\"id\":\"%d\"}".formatted(source, n))
        .toList();
  }
}
