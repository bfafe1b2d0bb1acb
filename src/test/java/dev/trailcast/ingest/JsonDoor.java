package dev.trailcast.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.ingest.notifications.NotificationsResource;
import dev.trailcast.ingest.segment.SegmentResource;
import dev.trailcast.security.Callers;
import dev.trailcast.security.KeyHolders;
import dev.trailcast.security.TestCallers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A door that reads JSON.
 *
 * @param around what has a text as its data there
 */
record JsonDoor(
    String name,
    String around,
    HttpServletRequest request,
    BiFunction<InputStream, HttpServletRequest, Response> method) {
  /** Who logs what is refused, where the sender is told little. */
  static final String TELLS = SegmentResource.class.getPackageName() + ".RefusedMessages";

  private static final Callers CALLERS = TestCallers.granting("anyone", "");
  private static final KeyHolders HOLDERS = TestCallers.holding("anyone", "web:0123456789abcdef");
  private static final IngestSettings SETTINGS = TestSettings.with(65_000, Duration.ofSeconds(10));

  private static final String ONE = "{\"type\":\"t\",\"data\":%s}";
  private static final String EVENT =
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"data\":%s}";
  private static final String MESSAGE = "{\"type\":\"track\",\"event\":\"e\",\"properties\":%s}";

  private static final HttpServletRequest PLAIN =
      request(Map.of("Content-Type", "application/json"));
  private static final HttpServletRequest BINARY =
      request(
          Map.of(
              "Content-Type",
              "application/json",
              "ce-specversion",
              "1.0",
              "ce-id",
              "2",
              "ce-source",
              "/",
              "ce-type",
              "t"));
  private static final HttpServletRequest WITH_KEY =
      request(Map.of("Authorization", "Basic MDEyMzQ1Njc4OWFiY2RlZjo="));

  /** All of them, over {@code journal}. */
  static List<JsonDoor> over(RecordingJournal journal) {
    Intake intake = new Intake(journal, SETTINGS);
    Publishers publishers = new Publishers(SETTINGS);
    Recorder recorder = new Recorder(CALLERS, intake, publishers, SETTINGS);
    ActivitiesResource activities =
        new ActivitiesResource(CALLERS, recorder, intake, publishers, SETTINGS);
    SegmentResource segment = new SegmentResource(HOLDERS, intake, publishers, SETTINGS);
    return List.of(
        new JsonDoor("one", ONE, PLAIN, activities::record),
        new JsonDoor("array", "[" + ONE + "]", PLAIN, activities::record),
        new JsonDoor("lines", ONE, PLAIN, (body, by) -> activities.recordLines(body, by, null)),
        new JsonDoor("event", EVENT, PLAIN, activities::recordEvent),
        new JsonDoor("batch", "[" + EVENT + "]", PLAIN, activities::recordEvents),
        new JsonDoor("data", "%s", BINARY, activities::record),
        new JsonDoor(
            "notification",
            "{\"to\":\"alice\",\"message\":%s}",
            PLAIN,
            new NotificationsResource(recorder)::send),
        new JsonDoor(
            "message",
            MESSAGE,
            WITH_KEY,
            (body, request) -> segment.record("track", body, request)),
        new JsonDoor(
            "messages",
            "{\"batch\":[" + MESSAGE + "]}",
            WITH_KEY,
            (body, request) -> segment.record("batch", body, request)));
  }

  /** Whether it takes this, at least in part; anything else than that is its sender's fault. */
  boolean takes(byte[] body) {
    try {
      int status = method.apply(new ByteArrayInputStream(body), request).getStatus();
      assertThat(status).as(name).isIn(200, 201, 400);
      return status != 400;
    } catch (InvalidActivityException e) {
      assertThat(e).as(name).hasMessageContaining(" ");
      return false;
    }
  }

  private static HttpServletRequest request(Map<String, String> headers) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            HttpServletRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (request, method, arguments) ->
                switch (method.getName()) {
                  case "getRemoteAddr" -> "127.0.0.1";
                  case "getHeader" -> headers.get(arguments[0]);
                  case "getHeaders" -> Collections.enumeration(List.of(headers.get(arguments[0])));
                  case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                  case "getContentType" -> headers.get("Content-Type");
                  case "getUserPrincipal", "getCookies", "getQueryString" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
