package dev.trailcast.ingest.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.trailcast.LogRecorder;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.RawJson;
import dev.trailcast.activity.Scope;
import dev.trailcast.ingest.Elements;
import dev.trailcast.ingest.IngestSettings;
import dev.trailcast.ingest.Intake;
import dev.trailcast.ingest.Publishers;
import dev.trailcast.ingest.RecordingJournal;
import dev.trailcast.ingest.TestSettings;
import dev.trailcast.security.TestCallers;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Any body at the paths of a batch and of a page, beside the plainest way to read it. */
class SegmentFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final IngestSettings SETTINGS = TestSettings.with(65_000, Duration.ofSeconds(10));
  private static final HttpServletRequest REQUEST =
      (HttpServletRequest)
          Proxy.newProxyInstance(
              HttpServletRequest.class.getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (request, method, arguments) ->
                  switch (method.getName()) {
                    case "getHeader" -> "Basic MDEyMzQ1Njc4OWFiY2RlZjo=";
                    case "getHeaders" -> Collections.emptyEnumeration(); // of no trace
                    default -> "::1";
                  });

  @FuzzTest
  void recordsOfABodyWhatThePlainestReaderFinds(byte[] body) {
    String text = new String(body, UTF_8);
    if (text.contains("\ufffd") || text.contains("\\u") || !text.startsWith("{")) {
      return; // what it does with other bytes is the same at all doors; a batch has a plain name
    }
    for (String path : List.of("batch", "page")) {
      assertThat(recorded(path, body)).isEqualTo(expected(path, text));
    }
  }

  /** Nothing where the whole is refused. */
  private static Optional<List<Activity>> recorded(String path, byte[] body) {
    RecordingJournal journal = new RecordingJournal();
    SegmentResource resource =
        new SegmentResource(
            TestCallers.holding("anyone", "web:0123456789abcdef"),
            new Intake(journal, SETTINGS),
            new Publishers(SETTINGS),
            SETTINGS,
            () -> NOW);
    try (LogRecorder log = new LogRecorder(RefusedMessages.class)) {
      int status = resource.record(path, new ByteArrayInputStream(body), REQUEST).getStatus();
      assertThat(status).isIn(200, 400);
      assertThat(log.messages()).hasSizeLessThan(2); // a batch is told of at once
    } catch (InvalidActivityException e) {
      return Optional.empty();
    }
    return Optional.of(
        journal.batches().stream()
            .flatMap(List::stream)
            .map(EncodedActivity::activity)
            .map(SegmentFuzzTest::withoutNewId)
            .toList());
  }

  private static Optional<List<Activity>> expected(String path, String text) {
    Map<String, RawJson> members;
    try {
      members = RawJson.members(text);
    } catch (InvalidActivityException e) {
      return Optional.empty();
    }
    Translation translation =
        new Translation("/web", Call.named(path), NOW, Translation.moment(members.get("sentAt")));
    Intake intake = new Intake(new RecordingJournal(), SETTINGS);
    List<Activity> expected = new ArrayList<>();
    for (String message : messages(members, text)) {
      try {
        expected.add(
            withoutNewId(
                intake
                    .admit(() -> translation.activity(message), null, Scope.EVERYTHING)
                    .activity()));
      } catch (InvalidActivityException e) {
        // refused by itself
      }
    }
    return Optional.of(expected);
  }

  private static List<String> messages(Map<String, RawJson> members, String text) {
    RawJson batch = members.get("batch");
    if (batch == null || !batch.toString().startsWith("[")) {
      return List.of(text);
    }
    byte[] json = batch.toString().getBytes(UTF_8);
    Elements elements = Elements.ofArray(json, 0, json.length, json.length);
    List<String> messages = new ArrayList<>();
    while (elements.next()) {
      messages.add(new String(json, elements.from(), elements.to() - elements.from(), UTF_8));
    }
    return messages;
  }

  /** An id that nobody gave is another each time. */
  private static Activity withoutNewId(Activity activity) {
    return activity.id().matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{18,}")
        ? activity.withId("new")
        : activity;
  }
}
