package dev.trailcast.stream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.StreamPosition;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RecordedFrameTest {
  private static final Activity ACTIVITY =
      Activity.of("alice", "page.viewed", "products/42")
          .withId("1")
          .withSource("/shop")
          .withTime(OffsetDateTime.parse("2026-01-31T12:00:00Z"));
  private static final String JSON =
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"page.viewed\","
          + "\"time\":\"2026-01-31T12:00:00Z\",\"actor\":\"alice\",\"subject\":\"products/42\"}";

  private final WriteBuffer scratch = new WriteBuffer();

  @Test
  void writesDataAndThenThePositionAsLastField() {
    assertThat(sse(frame(ACTIVITY), false)).isEqualTo("data: " + JSON + "\nid: k3f9-7\n\n");
  }

  @Test
  void writesTheTypeAsNameForWhoeverAsksForIt() {
    assertThat(sse(frame(ACTIVITY), true))
        .isEqualTo("event: page.viewed\ndata: " + JSON + "\nid: k3f9-7\n\n");
  }

  @Test
  void neverWritesATypeAsNameThatAnEventSourceHandlesItself() {
    Activity error = Activity.of("alice", "error");
    assertThat(sse(frame(error), true)).startsWith("data: ").isEqualTo(sse(frame(error), false));
  }

  @Test
  void writesALineWithThePositionAsLastMember() {
    assertThat(line(frame(ACTIVITY)))
        .isEqualTo(JSON.substring(0, JSON.length() - 1) + ",\"position\":\"k3f9-7\"}\n");
    Activity error = Activity.of("alice", "error"); // has no name in its encoding
    assertThat(line(frame(error))).startsWith("{\"spec").endsWith(",\"position\":\"k3f9-7\"}\n");
  }

  @Test
  void carriesWhateverDataThereIsUnharmedOnOneLine() {
    String[] values = {
      "\"\\r\\n\\u0000\"",
      "\"a\u2028b\u2029c\u0085\"",
      "\"\\ud800 \\udc00\"",
      "\"\uD83D\uDE00\"",
      "1.0",
      "1e400",
      "12345678901234567890",
      "{\"b\":1,\"a\":[null,true]}",
      "\"\\\\\\\"\"",
      "\"id: 5\\n\\n\""
    };
    for (String value : values) {
      RecordedFrame frame = frame(ACTIVITY.withJson(value));
      SseClient client = new SseClient();
      client.feed(sse(frame, true).getBytes(StandardCharsets.UTF_8));
      assertThat(client.events()).hasSize(1);
      SseClient.Event event = client.events().get(0);
      assertThat(event.lastEventId()).isEqualTo("k3f9-7");
      assertThat(ActivityReader.read(event.data())).isEqualTo(ACTIVITY.withJson(value));
      assertThat(line(frame).lines()).hasSize(1);
      assertThat(line(frame)).endsWith("\n").doesNotContainPattern("[\u0085\u2028\u2029]");
      assertThat(sse(frame, true)).doesNotContainPattern("[\u0085\u2028\u2029]");
      JsonObject line = Json.createReader(new StringReader(line(frame))).readObject();
      assertThat(line.getString("position")).isEqualTo("k3f9-7");
    }
  }

  /** Where Go's bufio.Scanner and Python's asyncio readline stop. */
  @Test
  void isOnLinesShorterThan64KibibytesWhereTheActivityIsAsLargeAsItMayBeByDefault()
      throws IOException {
    Properties defaults = new Properties();
    try (InputStream file =
        getClass().getResourceAsStream("/META-INF/microprofile-config.properties")) {
      defaults.load(file);
    }
    int most = Integer.parseInt(defaults.getProperty("trailcast.ingest.max-activity-bytes"));
    int around = EncodedActivity.of(ACTIVITY.withData("")).json().length;
    Activity largest = ACTIVITY.withData("x".repeat(most - around));
    StreamPosition longest = new StreamPosition("e".repeat(32), 999_999_999_999_999_999L);

    RecordedFrame frame = frame(largest, longest);

    assertThat(EncodedActivity.of(largest).json()).hasSize(most);
    assertThat(sse(frame, true).lines()).allMatch(line -> line.length() < 65_535); // and its LF
    assertThat(line(frame).lines()).allMatch(line -> line.length() < 65_535);
  }

  private RecordedFrame frame(Activity activity) {
    return frame(activity, new StreamPosition("k3f9", 7));
  }

  private RecordedFrame frame(Activity activity, StreamPosition position) {
    return new RecordedFrame(
        new JournalEntry(position, Instant.EPOCH, EncodedActivity.of(activity)), scratch);
  }

  private static String sse(RecordedFrame frame, boolean named) {
    WriteBuffer out = new WriteBuffer();
    frame.writeSse(out, named);
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }

  private static String line(RecordedFrame frame) {
    WriteBuffer out = new WriteBuffer();
    frame.writeLine(out);
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }

  @Test
  void namesWhatTellsOfAnErasureForThoseWhoWantNoNames() {
    Erasure erasure = Erasure.of("alice", TestFrames.START);
    WriteBuffer out = new WriteBuffer();
    TestFrames.frame(1, erasure.toActivity()).writeSse(out, false);

    assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8))
        .startsWith("event: trailcast.erased\ndata: {");
  }
}
