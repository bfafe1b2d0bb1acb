package dev.trailcast.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.JsonTexts;
import dev.trailcast.activity.JsonTexts.Text;
import dev.trailcast.ingest.notifications.NotificationsResource;
import dev.trailcast.security.Callers;
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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every door that reads JSON, and every text that is JSON, or looks like it. */
class JsonDoorsTest {
  private static final String EVENT =
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"data\":%s}";

  private static final Callers CALLERS = TestCallers.granting("anyone", "");

  private final RecordingJournal journal = new RecordingJournal();
  private final List<Door> doors = doors();

  /**
   * A door.
   *
   * @param around what has the text as its data there
   */
  private record Door(
      String name,
      String around,
      HttpServletRequest request,
      BiFunction<InputStream, HttpServletRequest, Response> method) {
    boolean takes(byte[] body) {
      try {
        int status = method.apply(new ByteArrayInputStream(body), request).getStatus();
        assertThat(status).isIn(200, 201, 400);
        return status != 400;
      } catch (InvalidActivityException e) { // anything else is the server's fault
        return false;
      }
    }

    /** Whether it can have this text: what has two lines is no line. */
    boolean isFor(Text text) {
      return !name.equals("lines")
          || Stream.of('\n', '\r').noneMatch(end -> new String(text.bytes()).indexOf(end) >= 0);
    }
  }

  private List<Door> doors() {
    IngestSettings settings = TestSettings.with(65_000, Duration.ofSeconds(10));
    Intake intake = new Intake(journal, settings);
    Publishers publishers = new Publishers(settings);
    Recorder recorder = new Recorder(CALLERS, intake, publishers, settings);
    ActivitiesResource activities =
        new ActivitiesResource(CALLERS, recorder, intake, publishers, settings);
    String one = "{\"type\":\"t\",\"data\":%s}";
    HttpServletRequest plain = request(Map.of("Content-Type", "application/json"));
    HttpServletRequest binary =
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
    return List.of(
        new Door("one", one, plain, activities::record),
        new Door("array", "[" + one + "]", plain, activities::record),
        new Door("lines", one, plain, activities::recordLines),
        new Door("event", EVENT, plain, activities::recordEvent),
        new Door("batch", "[" + EVENT + "]", plain, activities::recordEvents),
        new Door("data", "%s", binary, activities::record),
        new Door(
            "notification",
            "{\"to\":\"alice\",\"message\":%s}",
            plain,
            new NotificationsResource(recorder)::send));
  }

  @ParameterizedTest
  @MethodSource("dev.trailcast.activity.JsonTexts#valid")
  void takeAsDataWhateverIsJson(Text text) {
    for (Door door : doors) {
      if (door.isFor(text)) {
        assertThat(door.takes(JsonTexts.inside(door.around(), text))).as(door.name()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.trailcast.activity.JsonTexts#invalid")
  void refuseWhatIsNotJson(Text text) {
    for (Door door : doors) {
      if (!door.around().equals("%s") || text.bytes().length > 0) { // no body is no data
        assertThat(door.takes(JsonTexts.inside(door.around(), text))).as(door.name()).isFalse();
      }
      if (door.isFor(text) && !isNothing(text)) {
        assertThat(door.takes(text.bytes())).as(door.name()).isFalse();
      }
    }
    assertThat(journal.batches).isEmpty();
  }

  /** Of lines, nothing and blank lines are none, and no mistake. */
  private static boolean isNothing(Text text) {
    return new String(text.bytes()).replace("\ufeff", "").isBlank();
  }

  @ParameterizedTest
  @MethodSource("dev.trailcast.activity.JsonTexts#either")
  void takeOrRefuseTheRest(Text text) {
    for (Door door : doors) {
      door.takes(JsonTexts.inside(door.around(), text)); // and nothing else
      door.takes(text.bytes());
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
