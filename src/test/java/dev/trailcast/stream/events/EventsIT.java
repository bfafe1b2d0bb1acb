package dev.trailcast.stream.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.it.OnSharedServer;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.stream.wire.SseClient;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stream as a client sees it. */
@OnSharedServer
public class EventsIT {
  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.shared();
  }

  @Test
  void sendsItsHeadersAndFirstBytesBeforeAnythingHappens() throws Exception {
    try (Reader reader = new Reader(server, "api/events")) {
      reader.await("opening", client -> client.events().size() == 1);
      assertThat(reader.headers().firstValue("Content-Type"))
          .contains("text/event-stream;charset=UTF-8");
      assertThat(reader.headers().firstValue("Cache-Control")).contains("no-store, no-transform");
      assertThat(reader.headers().firstValue("X-Accel-Buffering")).contains("no");
      assertThat(reader.text())
          .matches(
              ":hb\nretry: [0-9]{3}\nevent: trailcast.position\ndata: \\{\"live\":true}\nid: [a-z0-9]+-[0-9]+\n\n");
    }
  }

  @Test
  void givesAnActivityWithThePositionThatItsPublisherWasTold() throws Exception {
    try (Reader reader = new Reader(server, "api/events?source=/first")) {
      String position =
          server.record(
              "{\"id\":\"f1\",\"source\":\"/first\",\"type\":\"page.viewed\","
                  + "\"time\":\"2026-01-31T12:00:00Z\",\"data\":{\"b\":1.0,\"a\":\"\\n\"}}");

      reader.await("it", client -> client.activities().size() == 1);
      assertThat(reader.text())
          .endsWith(
              "\n\ndata: {\"specversion\":\"1.0\",\"id\":\"f1\",\"source\":\"/first\","
                  + "\"type\":\"page.viewed\",\"time\":\"2026-01-31T12:00:00Z\","
                  + "\"data\":{\"b\":1.0,\"a\":\"\\n\"}}\nid: "
                  + position
                  + "\n\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"header", "lastEventId", "last_event_id", "evs_last_event_id"})
  void goesOnBehindTheIdThatAReaderNames(String how) throws Exception {
    String source = "/resume-" + how;
    String first = server.record(activity(source, 1));
    server.recordAll(List.of(activity(source, 2), activity(source, 3)));
    String query = "api/events?source=" + source;
    try (Reader reader =
        new Reader(server, how.equals("header") ? query : query + "&" + how + "=" + first)) {
      if (how.equals("header")) {
        reader.cut();
        reader.connect("Last-Event-ID", first);
      }
      reader.await("the two behind", client -> client.activities().size() == 2);
      assertThat(subjects(reader)).containsExactly("2", "3");
    }
  }

  @Test
  void beginsAnAnswerToAReaderThatComesBackWithABlankLine() throws Exception {
    String position = server.record(activity("/blank", 1));
    try (Reader reader = new Reader(server, "api/events?lastEventId=" + position)) {
      reader.await("opening", client -> client.events().size() == 1);
      assertThat(reader.text()).startsWith("\nretry: ");
    }
  }

  @Test
  void startsAtATimeOrWithTheNewestOrWithAllThatIsKept() throws Exception {
    server.recordAll(numbered("/start", 1, 5));
    long now = Instant.now().toEpochMilli();
    try (Reader last = new Reader(server, "api/events?source=/start&last=2");
        Reader earliest = new Reader(server, "api/events?source=/start&lastEventId=earliest");
        Reader since = new Reader(server, "api/events?source=/start&since=" + (now - 60_000));
        Reader ago = new Reader(server, "api/events?source=/start&since=1h");
        Reader future = new Reader(server, "api/events?source=/start&since=" + (now + 60_000))) {
      last.await("two", client -> client.activities().size() == 2);
      earliest.await("all", client -> client.activities().size() == 5);
      since.await("all", client -> client.activities().size() == 5);
      ago.await("all", client -> client.activities().size() == 5);
      server.record(activity("/start", 6));
      future.await("the new one", client -> client.activities().size() == 1);
      last.await("the new one", client -> client.activities().size() == 3);
      assertThat(subjects(last)).containsExactly("4", "5", "6");
      assertThat(subjects(future)).containsExactly("6");
    }
  }

  @Test
  void startsWithTheNewestOfEachActor() throws Exception {
    server.recordAll(
        IntStream.range(0, 300)
            .mapToObj(
                n ->
                    "{\"source\":\"/latest\",\"type\":\"moved\",\"actor\":\"%d\",\"subject\":\"%d\"}"
                        .formatted(n % 3, n))
            .toList());
    try (Reader reader = new Reader(server, "api/events?source=/latest&latest=actor")) {
      reader.await("three", client -> client.activities().size() == 3);
      server.record(activity("/latest", 300));
      reader.await("the new one", client -> client.activities().size() == 4);
      assertThat(subjects(reader)).containsExactly("297", "298", "299", "300");
    }
  }

  @Test
  void sendsNoFasterThanAskedForAndSaysWhatItLeftOut() throws Exception {
    try (Reader reader = new Reader(server, "api/events?source=/rate&rate=1")) {
      reader.await("opening", client -> client.events().size() == 1);
      server.recordAll(numbered("/rate", 1, 1));
      reader.await("the first", client -> client.activities().size() == 1);
      server.recordAll(
          IntStream.range(0, 100)
              .mapToObj(n -> "{\"source\":\"/rate\",\"type\":\"moved\",\"subject\":\"x\"}")
              .toList());

      reader.await("the last state", client -> client.activities().size() == 2);
      reader.await(
          "the rest",
          client ->
              client.controls("trailcast.conflated").stream()
                      .mapToInt(event -> Integer.parseInt(event.data().replaceAll("\\D", "")))
                      .sum()
                  == 99);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/event-stream", "application/x-ndjson"})
  void packsTheStreamForWhoeverAcceptsThatWithoutHoldingAnythingBack(String type) throws Exception {
    URI events = server.base().resolve("api/events?source=/gzip");
    HttpURLConnection connection = (HttpURLConnection) events.toURL().openConnection();
    connection.setRequestProperty("Accept", type);
    connection.setRequestProperty("Accept-Encoding", "gzip");
    assertThat(connection.getHeaderField("Content-Encoding")).isEqualTo("gzip");
    assertThat(connection.getHeaderField("Vary")).isEqualTo("Accept-Encoding, Origin");
    try (InputStream stream = new GZIPInputStream(connection.getInputStream())) {
      StringBuilder text = new StringBuilder();
      byte[] some = new byte[1024];
      for (int n = 1; n <= 3; n++) {
        server.record(activity("/gzip", n));
        while (text.indexOf("\"subject\":\"" + n + "\"") < 0) {
          text.append(new String(some, 0, stream.read(some), UTF_8)); // as soon as it is there
        }
      }
    } finally {
      connection.disconnect();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "zzzz-1", "a%0Ab", "%C3%A9-1", "x-99999999999999999"})
  void announcesWhatItCanNotGoOnFrom(String position) throws Exception {
    try (Reader reader =
        new Reader(server, "api/events?source=/gap-" + position + "&lastEventId=" + position)) {
      reader.await("gap", client -> client.controls("trailcast.gap").size() == 1);
      SseClient.Event gap = reader.seen(client -> client.controls("trailcast.gap").get(0));
      assertThat(gap.data()).startsWith("{\"reason\":\"unknown\",\"requested\":");
      assertThat(gap.data()).endsWith("\"resumed\":\"" + gap.lastEventId() + "\"}");
      server.record(activity("/gap-nobody", 1));
    }
  }

  @Test
  void namesEventsByTypeForWhoeverAsks() throws Exception {
    try (Reader reader = new Reader(server, "api/events?source=/named&named=true")) {
      server.recordAll(
          List.of(
              "{\"source\":\"/named\",\"type\":\"page.viewed\"}",
              "{\"source\":\"/named\",\"type\":\"error\"}"));
      reader.await("both", client -> client.activities().size() == 2);
      List<String> names =
          reader.seen(client -> client.activities().stream().map(SseClient.Event::name).toList());
      assertThat(names).containsExactly("page.viewed", "message");
    }
  }

  @Test
  void filtersByEveryAttributeAndByPrefix() throws Exception {
    try (Reader reader =
        new Reader(
            server, "api/events?source=/f&type=page.*&type=x&actor=alice&actor=bob&subject=p/*")) {
      server.recordAll(
          List.of(
              "{\"source\":\"/f\",\"type\":\"page.viewed\",\"actor\":\"alice\",\"subject\":\"p/1\"}",
              "{\"source\":\"/g\",\"type\":\"page.viewed\",\"actor\":\"alice\",\"subject\":\"p/2\"}",
              "{\"source\":\"/f\",\"type\":\"order\",\"actor\":\"alice\",\"subject\":\"p/3\"}",
              "{\"source\":\"/f\",\"type\":\"x\",\"actor\":\"carol\",\"subject\":\"p/4\"}",
              "{\"source\":\"/f\",\"type\":\"x\",\"actor\":\"bob\",\"subject\":\"q/5\"}",
              "{\"source\":\"/f\",\"type\":\"x\",\"actor\":\"bob\"}",
              "{\"source\":\"/f\",\"type\":\"x\",\"actor\":\"bob\",\"subject\":\"p/6\"}"));
      reader.await("the last", client -> client.activities().size() >= 2);
      assertThat(subjects(reader)).containsExactly("p/1", "p/6");
    }
  }

  @Test
  void breaksTheSilenceWithCommentsOrWithEventsWhereAsked() throws Exception {
    try (Reader comments = new Reader(server, "api/events?source=/quiet");
        Reader events = new Reader(server, "api/events?source=/quiet&heartbeat=event")) {
      comments.await("comments", client -> client.comments().size() >= 3);
      events.await("events", client -> client.events().size() >= 3);
      SseClient.Event heartbeat = events.seen(client -> client.events().get(2));
      assertThat(heartbeat.name()).isEqualTo("trailcast.position");
      assertThat(heartbeat.data()).matches("\\{\"live\":true,\"time\":\"20.*Z\"}");
    }
  }

  @Test
  void movesThePositionOfAReaderToWhomNothingMatches() throws Exception {
    try (Reader reader = new Reader(server, "api/events?source=/never")) {
      String position = server.record(activity("/elsewhere", 1));
      reader.await("its position", client -> client.lastEventId().equals(position));
      assertThat(reader.activities()).isEmpty();
    }
  }

  @Test
  void showsNobodyUnknownWhatHasAnAudience() throws Exception {
    try (Reader live = new Reader(server, "api/events?source=/secret")) {
      server.record("{\"source\":\"/secret\",\"type\":\"told\",\"audience\":\"bob role:x\"}");
      server.record(activity("/secret", 2));
      live.await("the open one", client -> client.activities().size() == 1);
      assertThat(subjects(live)).containsExactly("2");
    }
    try (Reader replay = new Reader(server, "api/events?source=/secret&lastEventId=earliest");
        Reader last = new Reader(server, "api/events?source=/secret&last=2")) {
      replay.await("the open one", client -> client.activities().size() == 1);
      last.await("the open one", client -> client.activities().size() == 1);
      server.record(activity("/secret", 3));
      replay.await("the next", client -> client.activities().size() == 2);
      last.await("the next", client -> client.activities().size() == 2);
      assertThat(subjects(replay)).containsExactly("2", "3");
      assertThat(subjects(last)).containsExactly("2", "3");
    }
  }

  @Test
  void givesLinesOfJsonToWhoeverAcceptsThose() throws Exception {
    try (LineReader lines = new LineReader(server, "api/events?source=/lines")) {
      assertThat(lines.contentType()).startsWith("application/x-ndjson");
      assertThat(lines.next()).isEmpty(); // the first byte
      JsonObject opening = lines.nextObject();
      assertThat(opening.getString("type")).isEqualTo("trailcast.position");
      assertThat(opening.getBoolean("live")).isTrue();

      String position = server.record(activity("/lines", 1));

      String line = lines.nextFilled();
      assertThat(line).startsWith("{\"specversion\":\"1.0\"");
      assertThat(line).endsWith(",\"position\":\"" + position + "\"}");
      assertThat(lines.next()).isEmpty(); // the heartbeat
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "since=yesterday",
        "last=-1",
        "last=1&last=2",
        "named=maybe",
        "heartbeat=2",
        "type=",
        "actor=",
        "types=x"
      })
  void refusesAQueryThatIsNoneWithAProblemThatNamesIt(String query) throws Exception {
    for (String accept : List.of("text/event-stream", "application/x-ndjson")) {
      HttpResponse<String> response = server.get("api/events?" + query, "Accept", accept);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
      assertThat(Server.json(response).getString("detail"))
          .startsWith(query.substring(0, query.indexOf('=')));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "api/events, text/event-stream",
    "api/events, application/x-ndjson",
    "api/stats, text/event-stream",
    "api/stats, application/json",
    "api/activities, application/json",
    "api/activities?after=earliest&limit=1, application/json"
  })
  void givesWhoAsksForTheHeadersAloneThoseAndTakesNoPlaceForIt(String path, String accept)
      throws Exception {
    String separator = path.contains("?") ? "&" : "?";
    for (int i = 0; i < 70; i++) { // figures are there for so many filters at a time
      HttpResponse<String> response = server.head(path + separator + "source=/head" + i, accept);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith(accept));
      assertThat(response.body()).isEmpty();
    }
    assertThat(server.get("api/stats?source=/headed").statusCode()).isEqualTo(200);
  }

  @Test
  void answersOtherMethodsAndPathsWithoutTellingOfItself() throws Exception {
    HttpResponse<String> put = server.post("api/events", "text/plain", "x");
    assertThat(put.statusCode()).isEqualTo(405);
    HttpResponse<String> unknown = server.get("api/nothing");
    assertThat(unknown.statusCode()).isEqualTo(404);
    for (HttpResponse<String> response : List.of(put, unknown)) {
      assertThat(response.body()).doesNotContain("dev.trailcast", "RESTEASY", "Exception");
      assertThat(response.headers().map().keySet())
          .noneMatch(name -> name.toLowerCase().contains("exception"));
    }
  }

  @Test
  void isDescribedWithItsParameters() throws Exception {
    assertThat(new Server(server.base().resolve("/")).get("openapi").body())
        .contains(
            "/api/activities:",
            "/api/events:",
            "/api/position:",
            "/api/stats:",
            "lastEventId",
            "wait");
  }

  @Test
  void isNotThereInAnApplicationOfSomebodyElseThatHasFoundItsClasses() throws Exception {
    Server host = new Server(server.base().resolve("scanned/"));
    assertThat(host.get("events").statusCode()).isEqualTo(404);
    assertThat(host.get("dev.trailcast/events").statusCode()).isEqualTo(404);
    assertThat(
            host.post("dev.trailcast/activities", "application/json", "{\"type\":\"x\"}")
                .statusCode())
        .isEqualTo(404);
    assertThat(host.post("fired", "text/plain", "").statusCode()).isNotEqualTo(500);
  }

  @Test
  void givesAPlaceBackWhenItsReaderHasGone() throws Exception {
    server.awaitNoReaders();
    try (Reader here = new Reader(server, "api/events")) {
      here.await("opening", client -> client.events().size() == 1);
      assertThat(readers()).isPositive();
    }
    for (int i = 0; i < 199; i++) { // with it as many as there may be of one address
      try (Reader reader = new Reader(server, "api/events?source=/come-and-go")) {
        reader.await("opening", client -> client.events().size() == 1);
      }
    }
    Await.until(
        "their places",
        () -> {
          server.record(activity("/come-and-go", 1)); // finds out who has gone
          return readers() == 0;
        });
    try (Reader next = new Reader(server, "api/events")) {
      next.await("opening", client -> client.events().size() == 1);
      assertThat(next.text()).contains("\"live\":true");
    }
  }

  private int readers() throws Exception {
    HttpResponse<String> ready = new Server(server.base().resolve("/")).get("health/ready");
    return Server.json(ready).getJsonArray("checks").stream()
        .map(check -> check.asJsonObject().getJsonObject("data"))
        .filter(data -> data.containsKey("readers"))
        .mapToInt(data -> number(data.get("readers")))
        .sum();
  }

  /** A number of a health check's, which Payara writes as text. */
  private static int number(JsonValue value) {
    return Integer.parseInt(value.toString().replace("\"", ""));
  }

  static String activity(String source, int number) {
    return "{\"source\":\"%s\",\"type\":\"counted\",\"subject\":\"%d\"}".formatted(source, number);
  }

  static List<String> numbered(String source, int from, int count) {
    return IntStream.range(from, from + count).mapToObj(n -> activity(source, n)).toList();
  }

  public static List<String> subjects(Reader reader) {
    return reader.activities().stream().map(json -> ActivityReader.read(json).subject()).toList();
  }
}
