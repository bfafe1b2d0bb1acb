package dev.trailcast.ingest.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trailcast.LogRecorder;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.http.RequestBodyTest;
import dev.trailcast.ingest.IngestSettings;
import dev.trailcast.ingest.Intake;
import dev.trailcast.ingest.Publishers;
import dev.trailcast.ingest.RecordingJournal;
import dev.trailcast.ingest.RecordingJournal.Outcome;
import dev.trailcast.security.TestCallers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentResourceTest {
  private static final String KEY = "0123456789abcdef";
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString((KEY + ":").getBytes(UTF_8));
  private static final IngestSettings SETTINGS =
      new IngestSettings(
          1_000,
          64,
          10_000,
          Duration.ofSeconds(10),
          new IngestSettings.Bodies(10_000, 100, 24_000, 1, 1, Duration.ofSeconds(30)),
          new IngestSettings.Rate(0, 0, Duration.ofSeconds(10)));

  private final RecordingJournal journal = new RecordingJournal();

  @Test
  void recordsABatch() {
    Response response =
        post(
            "batch",
            BASIC,
            """
            {"batch" : [{"type":"track","event":"A B","messageId":"1","timestamp":"2026-11-26T09:59:58Z"},
            {"type":"page","messageId":"2"}],"sentAt":"2026-11-26T10:00:00Z","writeKey":"x","context":{}}
            """);

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(body(response))
        .isEqualTo(
            "{\"success\":true,\"accepted\":2,\"duplicates\":0,\"rejected\":0,\"problems\":[],"
                + "\"position\":\"e-2\"}");
    assertThat(recorded())
        .extracting(Activity::id, Activity::source, Activity::type)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("1", "/web", "a.b"),
            org.assertj.core.groups.Tuple.tuple("2", "/web", "page.viewed"));
    assertThat(recorded().get(0).time().toInstant()).isEqualTo("2026-11-26T11:59:58Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"writeKey\":\"" + KEY + "\",\"messageId\":\"1\"}",
        "{\"writeKey\":\"" + KEY + "\",\"batch\":[{\"type\":\"page\",\"messageId\":\"1\"}]}",
        "{\"batch\"\n: [{\"type\":\"page\",\"messageId\":\"1\"}] ,\"writeKey\":\"" + KEY + "\"}"
      })
  void takesTheKeyInTheBodyToo(String body) {
    assertThat(post("p", null, body).getStatus()).isEqualTo(200);
    assertThat(recorded()).extracting(Activity::id).containsExactly("1");
    assertThat(recorded().get(0).data()).isNull();
  }

  @Test
  void letsNobodyInWithoutAKeyOfThisServers() {
    assertThat(refusal("p", null, "{}").getStatus()).isEqualTo(401);
    assertThat(refusal("p", null, "{\"writeKey\":\"another\"}").getStatus()).isEqualTo(401);
    assertThat(refusal("p", null, "{\"writeKey\":[\"" + KEY + "\"]}").getStatus()).isEqualTo(401);
    assertThat(refusal("p", "Basic eDo=", "{\"writeKey\":\"" + KEY + "\"}").getStatus())
        .isEqualTo(401);
    assertThat(body(refusal("p", "Basic eDo=", "{}"))).contains("\"status\":401");
    assertThat(recorded()).isEmpty();
  }

  @Test
  void keepsTheGoodOnesOfABatchWhateverElseIsInIt() {
    try (LogRecorder log = new LogRecorder(RefusedMessages.class)) {
      Response response =
          post(
              "b",
              BASIC,
              "{\"batch\":[{\"type\":\"track\"},{\"type\":\"page\",\"messageId\":\"1\"},7,"
                  + "{\"type\":\"track\",\"event\":\"Trailcast Erased\"}]}");

      assertThat(response.getStatus()).isEqualTo(200);
      assertThat(body(response))
          .contains("\"success\":true", "\"accepted\":1", "\"rejected\":3", "\"index\":3");
      assertThat(recorded()).extracting(Activity::id).containsExactly("1");
      assertThat(log.messages())
          .containsExactly(
              "TRAIL0305W: 3 messages with the write key web could not be recorded, for instance because event"
                  + " is required: what was done");
    }
  }

  @Test
  void saysSoWhereNoneIsGood() {
    try (LogRecorder log = new LogRecorder(RefusedMessages.class)) {
      Response response = post("t", BASIC, "{\"messageId\":\"1\"}");

      assertThat(response.getStatus()).isEqualTo(400);
      assertThat(body(response)).contains("event is required");
      assertThat(log.messages()).hasSize(1);
    }
  }

  @Test
  void recordsOnceWhatIsSentAgainInAnotherOrder() {
    post("batch", BASIC, batch(IntStream.range(0, 50).boxed().toList()));
    Response again =
        post("batch", BASIC, batch(IntStream.range(0, 60).map(i -> 59 - i).boxed().toList()));

    assertThat(body(again)).contains("\"accepted\":10", "\"duplicates\":50", "\"rejected\":0");
  }

  @Test
  void recordsWhatIsGrantedToTheKeyAlone() {
    Response response =
        resource(journal, "key:web?actor=alice&type=page.*, authenticated")
            .record(
                "batch",
                in(
                    "{\"batch\":[{\"type\":\"page\",\"userId\":\"alice\",\"messageId\":\"1\"},"
                        + "{\"type\":\"page\",\"userId\":\"bob\"},{\"type\":\"page\"},"
                        + "{\"type\":\"screen\",\"userId\":\"alice\"}]}"),
                request(BASIC));

    assertThat(body(response)).contains("\"accepted\":1", "\"rejected\":3", "that you may record");
    assertThat(recorded()).extracting(Activity::id).containsExactly("1");
    assertThat(
            catchThrowableOfType(
                    WebApplicationException.class,
                    () -> resource(journal, "authenticated").record("p", in("{}"), request(BASIC)))
                .getResponse()
                .getStatus())
        .isEqualTo(403);
  }

  @Test
  void takesWhatIsPackedHoweverItIsLabelled() throws IOException {
    Response response =
        resource(journal, "key:web")
            .record(
                "batch",
                new ByteArrayInputStream(RequestBodyTest.packed(batch(List.of(1, 2)))),
                request(BASIC));

    assertThat(body(response)).contains("\"accepted\":2");
  }

  @Test
  void takesAnEmptyBatch() {
    assertThat(post("batch", BASIC, "{\"batch\":[]}").getStatus()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{\"batch\":[}",
        "{\"batch\":\u000b[]}",
        "{\"batch\"\u0000:[]}",
        "{\"batch\":[1,]}",
        "{\"batch\":[{]}",
        "{\"batch\":[],\"batch\":[]}",
        "{\"batch\":[],\"a\":}",
        "{\"batch\":[] 1}",
        "{} {}",
        "{,}",
        "{\"batch\":[],}",
        "{\"a\":1,}"
      })
  void refusesAsAWholeWhatIsNoJsonObject(String body) {
    assertThatThrownBy(() -> post("batch", BASIC, body))
        .isInstanceOf(InvalidActivityException.class);
    assertThat(recorded()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"batch\":{}}", "{\"batch\":\"[\"}", "{\"batch\":null}"})
  void refusesABatchThatIsNone(String body) {
    try (LogRecorder log = new LogRecorder(RefusedMessages.class)) {
      Response response = post("batch", BASIC, body);

      assertThat(response.getStatus()).isEqualTo(400);
      assertThat(body(response)).contains("type must be track, identify");
      assertThat(log.messages()).hasSize(1);
    }
  }

  @Test
  void boundsABodyAMessageAndTheirNumber() {
    String large = "{\"type\":\"page\",\"context\":\"" + "x".repeat(1_000) + "\"}";
    String unreadable = "{\"type\":\"page\",\"context\":\"" + "x".repeat(5_000) + "\"}";

    assertThat(
            body(
                post(
                    "batch",
                    BASIC,
                    "{\"batch\":[" + large + ",{\"type\":\"page\"}," + unreadable + "]}")))
        .contains("\"accepted\":1", "\"rejected\":2");
    assertThatThrownBy(() -> post("page", BASIC, unreadable))
        .isInstanceOf(OversizedActivityException.class);
    assertThat(refusal("batch", BASIC, "{\"batch\":[" + " ".repeat(10_000) + "]}").getStatus())
        .isEqualTo(413);
    Response tooMany = refusal("batch", BASIC, batch(IntStream.range(0, 101).boxed().toList()));
    assertThat(tooMany.getStatus()).isEqualTo(413);
    assertThat(body(tooMany)).contains("100 messages");
  }

  @Test
  void isAskedToComeAgainWhereTheJournalCanNotFollow() {
    RecordingJournal full = new RecordingJournal(batch -> Outcome.FULL);

    Response response =
        resource(full, "anyone").record("batch", in(batch(List.of(1))), request(BASIC));

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getHeaderString("Retry-After")).isNotNull();
  }

  private Response post(String path, String authorization, String body) {
    return resource(journal, "anyone").record(path, in(body), request(authorization));
  }

  private Response refusal(String path, String authorization, String body) {
    return catchThrowableOfType(
            WebApplicationException.class, () -> post(path, authorization, body))
        .getResponse();
  }

  private static SegmentResource resource(RecordingJournal journal, String mayPublish) {
    return new SegmentResource(
        TestCallers.holding(mayPublish, "web:" + KEY),
        new Intake(journal, SETTINGS),
        new Publishers(SETTINGS),
        SETTINGS,
        () -> NOW);
  }

  private List<Activity> recorded() {
    return journal.batches().stream()
        .flatMap(List::stream)
        .map(dev.trailcast.activity.EncodedActivity::activity)
        .toList();
  }

  private static String batch(List<Integer> ids) {
    return ids.stream()
        .map(id -> "{\"type\":\"page\",\"messageId\":\"" + id + "\"}")
        .collect(Collectors.joining(",", "{\"batch\":[", "]}"));
  }

  private static ByteArrayInputStream in(String body) {
    return new ByteArrayInputStream(body.getBytes(UTF_8));
  }

  private static String body(Response response) {
    return new String((byte[]) response.getEntity(), UTF_8);
  }

  private static HttpServletRequest request(String authorization) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            HttpServletRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (request, method, arguments) ->
                switch (method.getName()) {
                  case "getHeader" ->
                      "Authorization".equalsIgnoreCase((String) arguments[0])
                          ? authorization
                          : null;
                  case "getRemoteAddr" -> "10.0.0.1";
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
