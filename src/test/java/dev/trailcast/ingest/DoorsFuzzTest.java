package dev.trailcast.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.trailcast.LogRecorder;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.EncodedActivity;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Every door that reads JSON, and any body at all. */
class DoorsFuzzTest {
  private final RecordingJournal journal = new RecordingJournal();
  private final List<JsonDoor> doors = JsonDoor.over(journal);
  private final LogRecorder log = new LogRecorder(JsonDoor.TELLS);

  @AfterEach
  void closeLog() {
    log.close();
  }

  @FuzzTest
  void refuseABodyOrRecordWhatIsReadAsTheSame(byte[] body) {
    for (JsonDoor door : doors) {
      journal.forget();
      boolean taken = door.takes(body);
      List<EncodedActivity> recorded = journal.batches().stream().flatMap(List::stream).toList();
      if (!taken && !door.name().equals("lines")) { // of which the good ones are recorded
        assertThat(recorded).as(door.name()).isEmpty();
      }
      recorded.forEach(DoorsFuzzTest::assertIsReadAsTheSame);
    }
  }

  private static void assertIsReadAsTheSame(EncodedActivity recorded) {
    String json = new String(recorded.json(), UTF_8);
    assertThat(json.lines()).hasSize(1);
    assertThat(ActivityReader.read(json)).isEqualTo(recorded.activity());
    assertThat(ActivityReader.readCloudEvent(json)).isEqualTo(recorded.activity());
  }
}
