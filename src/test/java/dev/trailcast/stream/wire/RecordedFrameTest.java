package dev.trailcast.stream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.StreamPosition;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
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
      assertThat(line(frame)).containsOnlyOnce("\n").endsWith("\n");
      JsonObject line = Json.createReader(new StringReader(line(frame))).readObject();
      assertThat(line.getString("position")).isEqualTo("k3f9-7");
    }
  }

  private RecordedFrame frame(Activity activity) {
    StreamPosition position = new StreamPosition("k3f9", 7);
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
}
