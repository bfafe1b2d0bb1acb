package dev.trailcast.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trailcast.Await;
import dev.trailcast.activity.ConflictingActivityException;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.http.RequestBodyTest;
import dev.trailcast.ingest.RecordingJournal.Outcome;
import dev.trailcast.security.Callers;
import dev.trailcast.security.TestCallers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Proxy;
import java.net.SocketTimeoutException;
import java.security.Principal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ActivitiesResourceTest {
  private static final IngestSettings SETTINGS =
      new IngestSettings(
          1_000,
          64,
          10_000,
          Duration.ofSeconds(10),
          new IngestSettings.Bodies(10_000, 100, 24_000, 1, 1, Duration.ofSeconds(30)),
          TestSettings.ANY_RATE);

  private final RecordingJournal journal = new RecordingJournal();
  private final ActivitiesResource resource = resource(journal);

  @Test
  void recordsOne() {
    Response response = post("{\"type\":\"t\",\"id\":\"1\"}");

    assertThat(response.getStatus()).isEqualTo(201);
    assertThat(response.getMediaType()).hasToString("application/json");
    assertThat(response.getHeaderString("Cache-Control")).isEqualTo("no-store");
    assertThat(body(response)).isEqualTo("{\"id\":\"1\",\"position\":\"e-1\"}");
    assertThat(journal.ids()).containsExactly("1");
  }

  @Test
  void keepsOfWhichTraceARequestIsForActivitiesThatSayNoneThemselves() {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    String own = "00-11111111111111111111111111111111-2222222222222222-00";
    HttpServletRequest request = request(null, Map.of("traceparent", trace, "tracestate", "a=b"));

    resource.record(
        in("[{\"type\":\"t\"},{\"type\":\"t\",\"traceparent\":\"" + own + "\"}]"), request);
    resource.recordLines(in("{\"type\":\"t\"}\n"), request, null);

    assertThat(journal.batches.stream().flatMap(List::stream))
        .extracting(encoded -> encoded.activity().extensions())
        .containsExactly(
            Map.of("traceparent", trace, "tracestate", "a=b"),
            Map.of("traceparent", own),
            Map.of("traceparent", trace, "tracestate", "a=b"));
  }

  @Test
  void recordsWithoutATraceThatThereIsNoRoomFor() {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    HttpServletRequest request =
        request(null, Map.of("traceparent", trace, "tracestate", "a=" + "b".repeat(250)));

    Response answer =
        resource.record(in("{\"type\":\"t\",\"data\":\"" + "x".repeat(700) + "\"}"), request);

    assertThat(answer.getStatus()).isEqualTo(201);
    assertThat(journal.batches.get(0).get(0).activity().extensions()).isEmpty();
  }

  @Test
  void answersADuplicateWithItsFirstPosition() {
    post("{\"type\":\"t\",\"id\":\"1\"}");
    post("{\"type\":\"t\",\"id\":\"2\"}");

    Response response = post("{\"type\":\"t\",\"id\":\"1\"}");

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(body(response)).isEqualTo("{\"id\":\"1\",\"position\":\"e-1\"}");
  }

  @Test
  void takesTheCallerForTheActorWhereNoneIsNamed() {
    resource.record(in("{\"type\":\"t\"}"), by("bob"));
    resource.record(in("[{\"type\":\"t\"}]"), by("carol"));
    resource.recordLines(in("{\"type\":\"t\",\"actor\":\"alice\"}"), by("dave"), null);

    assertThat(journal.batches)
        .extracting(batch -> batch.get(0).activity().actor())
        .containsExactly("bob", "carol", "alice");
  }

  @Test
  void letsNobodyInWhoMayRecordNothing() {
    ActivitiesResource resource = resource(journal, "user:alice");

    Response unknown = refusal(() -> resource.record(in("{\"type\":\"t\"}"), by(null)));
    assertThat(unknown.getStatus()).isEqualTo(401);
    assertThat(unknown.getHeaderString("WWW-Authenticate")).startsWith("Bearer");
    assertThat(refusal(() -> resource.recordLines(in("{}"), by("bob"), null)).getStatus())
        .isEqualTo(403);
    assertThat(resource.record(in("{\"type\":\"t\"}"), by("alice")).getStatus()).isEqualTo(201);
  }

  @Test
  void refusesOneThatIsNotForItsSenderToRecord() {
    ActivitiesResource resource = resource(journal, "anyone?type=page.*");

    assertThat(refusal(() -> resource.record(in("{\"type\":\"t\"}"), by("bob"))).getStatus())
        .isEqualTo(403);
    assertThat(refusal(() -> resource.record(in("{\"type\":\"t\"}"), by(null))).getStatus())
        .isEqualTo(401);
    assertThat(journal.batches).isEmpty();
  }

  @Test
  void namesThoseOfManyThatAreNotForTheirSenderToRecord() {
    ActivitiesResource resource = resource(journal, "authenticated?actor={user}");

    Response response =
        resource.record(
            in(
                "[{\"type\":\"t\",\"id\":\"1\"},{\"type\":\"t\",\"actor\":\"alice\"},"
                    + "{\"type\":\"t\",\"actor\":\"bob\",\"id\":\"3\"}]"),
            by("bob"));

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(body(response)).contains("\"accepted\":2", "\"index\":1", "that you may record");
    assertThat(journal.ids()).containsExactly("1", "3");
  }

  @Test
  void tellsNothingOfWhatAnotherHasRecorded() {
    resource.record(in("{\"type\":\"t\",\"id\":\"1\",\"actor\":\"alice\"}"), by("alice"));
    ActivitiesResource bounded = resource(journal, "authenticated?actor={user}");

    // the same once more, which whoever may record it is told the position of
    assertThat(
            refusal(
                    () ->
                        bounded.record(
                            in("{\"type\":\"t\",\"id\":\"1\",\"actor\":\"alice\"}"), by("bob")))
                .getStatus())
        .isEqualTo(403);
    assertThatThrownBy(() -> bounded.record(in("{\"type\":\"t\",\"id\":\"1\"}"), by("bob")))
        .isInstanceOf(ConflictingActivityException.class)
        .hasMessageNotContaining("e-1");
    Response many = bounded.record(in("[{\"type\":\"t\",\"id\":\"1\"}]"), by("bob"));
    assertThat(body(many)).contains("\"rejected\":1").doesNotContain("position");
  }

  @Test
  void refusesOneThatIsNoActivity() {
    for (String body : new String[] {"", " ", "{", "{}", "7", "null", "{\"type\":\"t\"}{}"}) {
      assertThatThrownBy(() -> post(body)).isInstanceOf(InvalidActivityException.class);
    }
    assertThatThrownBy(() -> resource.record(in((byte) 0xff), by(null)))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("the activity is not UTF-8");
    assertThat(journal.batches).isEmpty();
  }

  @Test
  void refusesOneThatIsTooLarge() {
    String activity = "{\"type\":\"t\",\"data\":\"" + "x".repeat(1_000) + "\"}";

    assertThatThrownBy(() -> post(activity)).isInstanceOf(OversizedActivityException.class);
  }

  @Test
  void refusesOneThatIsTooLargeToBeRead() throws IOException {
    String largest = " ".repeat(4_000 - 12) + "{\"type\":\"t\"}";
    InputStream endless = new SequenceInputStream(in(largest), new EndlessInputStream());

    assertThat(post(largest).getStatus()).isEqualTo(201);
    for (InputStream larger :
        new InputStream[] {in(largest + " "), in(RequestBodyTest.packed(largest + " ")), endless}) {
      assertThatThrownBy(() -> resource.record(larger, by(null)))
          .isInstanceOf(OversizedActivityException.class)
          .hasMessageContaining("more than 4000 bytes as it was sent");
    }
    assertThat(journal.ids()).hasSize(1);
  }

  @Test
  void refusesAnArrayThatIsTooLargeToBeHeld() throws IOException {
    String largest = "[{\"type\":\"t\"}" + " ".repeat(10_000 - 14) + "]";

    assertThat(post(largest).getStatus()).isEqualTo(200);
    for (InputStream larger :
        new InputStream[] {in(largest + " "), in(RequestBodyTest.packed(largest + " "))}) {
      Response refusal = refusal(() -> resource.record(larger, by(null)));
      assertThat(refusal.getStatus()).isEqualTo(413);
      assertThat(body(refusal)).contains("The body is too large: at most 10000 bytes");
    }
  }

  @Test
  void refusesAnArrayOfMoreThanThereMayBeAsAWhole() {
    String hundred = "{\"type\":\"t\"}" + ",{\"type\":\"t\"}".repeat(99);

    Response refusal = refusal(() -> post("[" + hundred + ",{\"type\":\"t\"}]"));

    assertThat(refusal.getStatus()).isEqualTo(413);
    assertThat(body(refusal)).contains("100 activities");
    assertThat(journal.ids()).isEmpty();
    assertThat(post("[" + hundred + "]").getStatus()).isEqualTo(200);
  }

  @Test
  void doesNotReadAnElementThatIsTooLargeAndRecordsTheOthers() {
    String members =
        IntStream.range(0, 500).mapToObj(i -> ",\"a" + i + "\":1").collect(Collectors.joining());

    Response response = post("[{\"type\":\"t\"" + members + "},{\"type\":\"t\",\"id\":\"1\"}]");

    assertThat(body(response)).contains("\"accepted\":1", "more than 4000 bytes as it was sent");
    assertThat(journal.ids()).containsExactly("1");
  }

  @Test
  void turnsPublishersAwayWhileOthersHoldAllPlacesAndTakesThemWhenThoseAreDone() throws Exception {
    RecordingJournal stalled =
        new RecordingJournal(batch -> batch < 2 ? Outcome.HELD : Outcome.DURABLE);
    ActivitiesResource resource = resource(stalled);
    CompletableFuture<Response> one =
        CompletableFuture.supplyAsync(() -> resource.record(in("{\"type\":\"t\"}"), by(null)));
    CompletableFuture<Response> lines =
        CompletableFuture.supplyAsync(() -> resource.recordLines(in(lines(1, 1)), by(null), null));
    Await.until(() -> stalled.ids().size() == 2);

    Response refusal = refusal(() -> resource.record(in("{\"type\":\"t\"}"), by(null)));
    Response refusalOfLines = refusal(() -> resource.recordLines(in(lines(2, 2)), by(null), null));
    stalled.release();

    for (Response refused : new Response[] {refusal, refusalOfLines}) {
      assertThat(refused.getStatus()).isEqualTo(503);
      assertThat(refused.getHeaderString("Retry-After")).isEqualTo("1");
      assertThat(body(refused)).contains("1 at a time");
    }
    assertThat(one.get(30, TimeUnit.SECONDS).getStatus()).isEqualTo(201);
    assertThat(lines.get(30, TimeUnit.SECONDS).getStatus()).isEqualTo(200);
    assertThat(resource.record(in("{\"type\":\"t\"}"), by(null)).getStatus()).isEqualTo(201);
    assertThat(resource.recordLines(in(lines(2, 2)), by(null), null).getStatus()).isEqualTo(200);
  }

  @Test
  void givesBackThePlaceAndTheRoomWhateverBecomesOfTheBody() {
    String large = "[" + " ".repeat(9_000) + "]";
    for (int i = 0; i < 3; i++) {
      assertThat(post(large).getStatus()).isEqualTo(200);
      assertThatThrownBy(() -> post("{")).isInstanceOf(InvalidActivityException.class);
      refusal(() -> post(" ".repeat(3) + "[" + " ".repeat(20_000)));
      resource.record(new GoneInputStream(), by(null));
      resource.recordLines(new GoneInputStream(), by(null), null);
    }

    assertThat(postLines(lines(1, 1)).getStatus()).isEqualTo(200);
  }

  @Test
  void takesCloudEventsInBinaryModeWhateverTheirDataLooksLike() {
    String data = "{\"type\":\"of the data\",\"id\":\"9\"}";
    resource.record(in(data), binary("1", "application/json"));
    resource.recordLines(in(data), binary("2", "application/x-ndjson; charset=utf-8"), null);
    resource.recordOther(in(data), binary("3", "text/plain"));

    assertThat(journal.ids()).containsExactly("1", "2", "3");
    assertThat(journal.batches)
        .extracting(batch -> batch.get(0).activity().type())
        .containsOnly("t");
    assertThat(journal.batches)
        .extracting(batch -> batch.get(0).activity().data().toString())
        .containsExactly(
            data,
            "\"" + data.replace("\"", "\\\"") + "\"",
            "\"" + data.replace("\"", "\\\"") + "\"");
  }

  @Test
  void leavesDataThatIsGzipAsItIsUnlessThatIsHowItWasSent() throws IOException {
    byte[] packed = RequestBodyTest.packed("abc");
    Map<String, String> labelled = new HashMap<>(binaryHeaders("2", "image/png"));
    labelled.put("Content-Encoding", "gzip");
    resource.recordOther(in(packed), binary("1", "application/gzip"));
    resource.recordOther(in(packed), request(null, labelled));

    assertThat(journal.batches)
        .extracting(batch -> batch.get(0).activity().extensions().get("data_base64"))
        .containsExactly(Base64.getEncoder().encodeToString(packed), "YWJj");
  }

  @Test
  void takesOneCloudEventOrABatchOfThem() {
    String event = "{\"specversion\":\"1.0\",\"id\":\"%s\",\"source\":\"/\",\"type\":\"t\"}";

    assertThat(resource.recordEvent(in(event.formatted(1)), by(null)).getStatus()).isEqualTo(201);
    assertThat(resource.recordEvent(in(event.formatted(1)), by(null)).getStatus()).isEqualTo(200);
    Response batch =
        resource.recordEvents(
            in("[" + event.formatted(2) + ",{\"type\":\"t\"}," + event.formatted(3) + "]"),
            by(null));

    assertThat(batch.getStatus()).isEqualTo(200);
    assertThat(body(batch)).contains("\"accepted\":2", "specversion is required of a CloudEvent");
    assertThat(journal.ids()).containsExactly("1", "1", "2", "3");
    assertThat(body(resource.recordEvents(in("[]"), by(null)))).contains("\"accepted\":0");
  }

  @Test
  void takesNoBatchForAnEventAndNoEventForABatch() {
    assertThatThrownBy(() -> resource.recordEvent(in("[{}]"), by(null)))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("the activity must be a JSON object");
    assertThatThrownBy(() -> resource.recordEvents(in("{}"), by(null)))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("the array is not JSON: it does not begin with a bracket");
    assertThat(journal.batches).isEmpty();
  }

  @Test
  void saysWhatItKnowsToWhoeverSendsSomethingElse() {
    for (HttpServletRequest request :
        List.of(by(null), binary("1", "application/cloudevents+xml"))) {
      Response refusal = resource.recordOther(in("7"), request);
      assertThat(refusal.getStatus()).isEqualTo(415);
      assertThat(body(refusal))
          .contains("application/json", "application/x-ndjson")
          .contains("application/cloudevents+json", "application/cloudevents-batch+json");
    }
  }

  private static HttpServletRequest binary(String id, String contentType) {
    return request(null, binaryHeaders(id, contentType));
  }

  private static Map<String, String> binaryHeaders(String id, String contentType) {
    return Map.of(
        "ce-specversion",
        "1.0",
        "ce-id",
        id,
        "ce-source",
        "/",
        "ce-type",
        "t",
        "Content-Type",
        contentType);
  }

  @Test
  void tellsAPublisherThatLetsItWaitHowFarItGot() {
    InputStream one =
        new SequenceInputStream(
            in("{\"type\":"), new GoneInputStream(new SocketTimeoutException()));
    InputStream lines =
        new SequenceInputStream(
            in(lines(1, 2) + "{\"type\":"), new GoneInputStream(new SocketTimeoutException()));

    Response ofOne = resource.record(one, by(null));
    Response ofLines = resource.recordLines(lines, by(null), null);

    assertThat(ofOne.getStatus()).isEqualTo(408);
    assertThat(body(ofOne)).contains("The body is overdue: no more of it came", "\"bytes\":8");
    assertThat(ofLines.getStatus()).isEqualTo(408);
    assertThat(body(ofLines)).contains("\"accepted\":2", "\"line\":2");
    assertThat(journal.ids()).containsExactly("1", "2");
  }

  @Test
  void recordsTheGoodOnesOfAnArray() {
    Response response =
        post(" \n[{\"type\":\"t\",\"id\":\"1\"}, {\"id\":\"2\"}, {\"type\":\"t\",\"id\":\"1\"}]");

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(body(response))
        .isEqualTo(
            "{\"accepted\":1,\"duplicates\":1,\"rejected\":1,"
                + "\"problems\":[{\"index\":1,\"attribute\":\"type\",\"detail\":\"type is required\"}],"
                + "\"position\":\"e-1\"}");
  }

  @Test
  void tellsWhichOfAnArrayHaveTheIdOfSomethingElse() {
    Response response =
        post("[{\"type\":\"t\",\"id\":\"1\"}, {\"type\":\"u\",\"id\":\"1\"}, {\"id\":\"2\"}]");

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(body(response))
        .startsWith("{\"accepted\":1,\"duplicates\":0,\"rejected\":2,\"problems\":[{\"index\":1,")
        .contains("id was recorded before")
        .contains("{\"index\":2,\"attribute\":\"type\"")
        .endsWith("\"position\":\"e-1\"}");
  }

  @Test
  void recordsNothingOfAnArrayThatBreaksOff() {
    assertThatThrownBy(() -> post("[{\"type\":\"t\"},{\"type\":\"t\"}"))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("the array is not JSON: it ends too early");
    assertThat(journal.batches).isEmpty();
  }

  @Test
  void recordsLines() {
    Response response =
        postLines(
            """
            {"type":"t","id":"1"}

            {"type":"t","id":"2","time":"2026-01-01T00:00:00Z","data":"%s"}
            {"type":"t","id":"3"
            {"type":"t","id":"4"}\
            """
                .formatted("x".repeat(1_000)));

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getHeaderString("Cache-Control")).isEqualTo("no-store");
    assertThat(body(response))
        .isEqualTo(
            "{\"accepted\":2,\"duplicates\":0,\"rejected\":2,\"problems\":["
                + "{\"index\":1,\"line\":3,\"detail\":\"the activity is 1094 bytes of compact JSON; at most 1000 are allowed\"},"
                + "{\"index\":2,\"line\":4,\"detail\":\"the activity is not JSON: it ends too early\"}],"
                + "\"position\":\"e-2\"}");
    assertThat(journal.ids()).containsExactly("1", "4");
  }

  @Test
  void recordsLinesThatArePackedAndOpenWithAByteOrderMark() throws IOException {
    String lines = "\ufeff" + lines(1, 100);

    Response response = resource.recordLines(in(RequestBodyTest.packed(lines)), by(null), null);

    assertThat(body(response)).startsWith("{\"accepted\":100,\"duplicates\":0,\"rejected\":0,");
  }

  @Test
  void findsNothingInNothing() {
    String nothing = "{\"accepted\":0,\"duplicates\":0,\"rejected\":0,\"problems\":[]}";

    for (Response response : new Response[] {post("[]"), postLines(""), postLines("\n\n")}) {
      assertThat(response.getStatus()).isEqualTo(200);
      assertThat(body(response)).isEqualTo(nothing);
    }
  }

  @Test
  void refusesManyOfWhichNoneIsAnActivity() {
    for (Response response : new Response[] {post("[{},7]"), postLines("{}\n7")}) {
      assertThat(response.getStatus()).isEqualTo(400);
      assertThat(response.getMediaType()).hasToString("application/problem+json");
      assertThat(body(response))
          .contains("\"accepted\":0,\"duplicates\":0,\"rejected\":2,\"problems\":[{\"index\":0,");
    }
  }

  @Test
  void recordsTheLinesThatAreCompleteWhereTheClientGoesAway() {
    InputStream body =
        new SequenceInputStream(in(lines(1, 3) + "{\"type\":\"t\","), new GoneInputStream());

    Response response = resource.recordLines(body, by(null), null);

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(response.hasEntity()).isFalse();
    assertThat(journal.ids()).containsExactly("1", "2", "3");
  }

  @Test
  void recordsTheLinesThatAreCompleteWhereThePackingIsDamaged() throws IOException {
    byte[] packed = RequestBodyTest.packed(lines(1, 3));
    InputStream cut = in(Arrays.copyOf(packed, packed.length - 4));

    Response response = resource.recordLines(cut, by(null), null);

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(body(response)).contains("damaged gzip", "\"accepted\":3", "\"line\":3");
    assertThat(journal.ids()).containsExactly("1", "2", "3");
  }

  @Test
  void recordsNothingOfOneOrAnArrayThatIsNotThereToItsEnd() throws IOException {
    byte[] packed = RequestBodyTest.packed("{\"type\":\"t\"}");
    InputStream cut = in(Arrays.copyOf(packed, packed.length - 4));
    InputStream gone = new SequenceInputStream(in("{\"type\":\"t\"}"), new GoneInputStream());

    assertThat(resource.record(cut, by(null)).getStatus()).isEqualTo(400);
    assertThat(resource.record(gone, by(null)).getStatus()).isEqualTo(400);
    assertThat(journal.batches).isEmpty();
  }

  @Test
  void tellsThatTheJournalIsFullBeforeTheFirst() {
    ActivitiesResource resource = resource(new RecordingJournal(batch -> Outcome.FULL));

    assertThat(body(resource.record(in("{\"type\":\"t\"}"), by(null))))
        .contains("\"status\":503", "than the disk can follow");
    assertThat(body(resource.recordLines(in(lines(1, 3)), by(null), null)))
        .contains("\"status\":503", "\"accepted\":0", "\"line\":0");
    assertThat(body(resource.record(in("[{\"type\":\"t\"}]"), by(null))))
        .contains("\"status\":503", "\"accepted\":0")
        .doesNotContain("\"line\"");
  }

  @Test
  void tellsHowFarItGotWhereTheJournalIsFullInTheMiddle() {
    ActivitiesResource resource =
        resource(new RecordingJournal(batch -> batch == 0 ? Outcome.DURABLE : Outcome.FULL));

    Response response = resource.recordLines(in(lines(1, 10_000)), by(null), null);

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getHeaderString("Retry-After")).isEqualTo("1");
    assertThat(body(response))
        .containsPattern("\"accepted\":(\\d+),.*\"position\":\"e-\\1\",\"line\":\\1}");
  }

  @Test
  void tellsTheIdToSendAgainWhereItIsUnknownWhetherItWasRecorded() {
    RecordingJournal journal = new RecordingJournal(batch -> Outcome.FAILED);

    Response response = resource(journal).record(in("{\"type\":\"t\"}"), by(null));

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(body(response)).contains("\"id\":\"" + journal.ids().get(0) + "\"");
  }

  @Test
  void tellsTheIdsToSendAgainOfManyInTheirOrder() {
    for (boolean array : new boolean[] {true, false}) {
      RecordingJournal journal = new RecordingJournal(batch -> Outcome.FAILED);
      ActivitiesResource resource = resource(journal);

      Response response =
          array
              ? resource.record(in("[{\"type\":\"t\"},{},{\"type\":\"t\"}]"), by(null))
              : resource.recordLines(
                  in("{\"type\":\"t\"}\n{}\n{\"type\":\"t\"}\n"), by(null), null);

      assertThat(response.getStatus()).isEqualTo(503);
      assertThat(journal.ids()).hasSize(2);
      assertThat(body(response))
          .contains("\"ids\":[\"" + String.join("\",\"", journal.ids()) + "\"]");
    }
  }

  private static ActivitiesResource resource(RecordingJournal journal) {
    return resource(journal, "anyone");
  }

  private static ActivitiesResource resource(RecordingJournal journal, String mayPublish) {
    return resource(journal, mayPublish, SETTINGS, System::nanoTime);
  }

  private static ActivitiesResource resource(
      RecordingJournal journal, String mayPublish, IngestSettings settings, LongSupplier clock) {
    Callers callers = TestCallers.granting(mayPublish, "");
    Intake intake = new Intake(journal, settings);
    Publishers publishers = new Publishers(settings, clock);
    return new ActivitiesResource(
        callers, new Recorder(callers, intake, publishers, settings), intake, publishers, settings);
  }

  /** Of somebody who may bring four activities at once. */
  private ActivitiesResource rationed() {
    return resource(
        journal,
        "anyone",
        new IngestSettings(
            SETTINGS.maxActivityBytes(),
            SETTINGS.maxDepth(),
            SETTINGS.maxTransactionBytes(),
            SETTINGS.ackTimeout(),
            SETTINGS.bodies(),
            new IngestSettings.Rate(2, 0, Duration.ofSeconds(2))),
        () -> 0); // time stands still
  }

  @Test
  void recordsNothingOfWhatIsMoreThanItsCallerMayBringNow() {
    ActivitiesResource resource = rationed();
    resource.record(
        in("[{\"type\":\"t\",\"id\":\"1\"},{}]"), by("bob")); // what is no activity counts, too

    Response refusal =
        resource.record(in("[{\"type\":\"t\"},{\"type\":\"t\"},{\"type\":\"t\"}]"), by("bob"));

    assertThat(refusal.getStatus()).isEqualTo(429);
    assertThat(refusal.getMediaType()).hasToString("application/problem+json");
    assertThat(refusal.getHeaderString("Retry-After")).isEqualTo("1");
    assertThat(body(refusal)).contains("2 activities a second, and 4 at once");
    assertThat(journal.ids()).containsExactly("1");
    resource.record(in("[{\"type\":\"t\",\"id\":\"2\"},{\"type\":\"t\",\"id\":\"3\"}]"), by("bob"));
    assertThat(resource.record(in("{\"type\":\"t\"}"), by("bob")).getStatus()).isEqualTo(429);
    assertThat(resource.record(in("{\"type\":\"t\"}"), by("carol")).getStatus()).isEqualTo(201);
  }

  @Test
  void refusesAnArrayThatItsCallerMayNeverBringAtOnceForGood() {
    Response refusal =
        refusal(() -> rationed().record(in("[" + "{},".repeat(4) + "{}]"), by("bob")));

    assertThat(refusal.getStatus()).isEqualTo(413);
    assertThat(refusal.getHeaderString("Retry-After")).isNull();
    assertThat(body(refusal)).contains("at most 4 activities may be recorded at once");
  }

  @Test
  void saysHowFarItGotWithLinesThatAreMoreThanTheirCallerMayBringNow() {
    ActivitiesResource resource = rationed();

    Response refusal = resource.recordLines(in("\n" + lines(1, 6)), by("bob"), null);

    assertThat(refusal.getStatus()).isEqualTo(429);
    assertThat(refusal.getHeaderString("Retry-After")).isEqualTo("1");
    assertThat(body(refusal)).contains("\"accepted\":4", "\"line\":5");
    assertThat(journal.ids()).containsExactly("1", "2", "3", "4");
    assertThat(body(resource.recordLines(in(lines(5, 6)), by("bob"), null)))
        .contains("\"accepted\":0");
  }

  private Response post(String body) {
    return resource.record(in(body), by(null));
  }

  private Response postLines(String body) {
    return resource.recordLines(in(body), by(null), null);
  }

  private static String lines(int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(id -> "{\"type\":\"t\",\"id\":\"" + id + "\"}\n")
        .collect(Collectors.joining());
  }

  private static InputStream in(String body) {
    return in(body.getBytes(UTF_8));
  }

  private static InputStream in(byte... body) {
    return new ByteArrayInputStream(body);
  }

  private static String body(Response response) {
    return new String((byte[]) response.getEntity(), UTF_8);
  }

  /** The refusal that a resource throws. */
  private static Response refusal(ThrowingCallable asking) {
    return catchThrowableOfType(WebApplicationException.class, asking).getResponse();
  }

  /** A client that has gone away, or does not go on. */
  private static final class GoneInputStream extends InputStream {
    private final IOException how;

    GoneInputStream() {
      this(new IOException("Connection reset by peer"));
    }

    GoneInputStream(IOException how) {
      this.how = how;
    }

    @Override
    public int read() throws IOException {
      throw how;
    }
  }

  private static final class EndlessInputStream extends InputStream {
    @Override
    public int read() {
      return ' ';
    }
  }

  private static HttpServletRequest by(String caller) {
    return request(caller, Map.of());
  }

  private static HttpServletRequest request(String caller, Map<String, String> headers) {
    Principal principal = caller == null ? null : () -> caller;
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            HttpServletRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (request, method, arguments) ->
                switch (method.getName()) {
                  case "getUserPrincipal" -> principal;
                  case "getRemoteAddr" -> "127.0.0.1";
                  case "getHeader" -> headers.get(arguments[0]);
                  case "getHeaders" -> Collections.enumeration(List.of(headers.get(arguments[0])));
                  case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                  case "getContentType" -> headers.get("Content-Type");
                  case "getCookies", "getQueryString" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
