package dev.trailcast.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.LogRecorder;
import dev.trailcast.activity.JsonTexts;
import dev.trailcast.activity.JsonTexts.Text;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every door that reads JSON, and every text that is JSON, or looks like it. */
class JsonDoorsTest {
  private final RecordingJournal journal = new RecordingJournal();
  private final List<JsonDoor> doors = JsonDoor.over(journal);
  private final LogRecorder log = new LogRecorder(JsonDoor.TELLS);

  @AfterEach
  void closeLog() {
    log.close();
  }

  @ParameterizedTest
  @MethodSource("dev.trailcast.activity.JsonTexts#valid")
  void takeAsDataWhateverIsJson(Text text) {
    for (JsonDoor door : doors) {
      if (isFor(door, text)) {
        assertThat(door.takes(JsonTexts.inside(door.around(), text))).as(door.name()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.trailcast.activity.JsonTexts#invalid")
  void refuseWhatIsNotJson(Text text) {
    for (JsonDoor door : doors) {
      if (!door.around().equals("%s") || text.bytes().length > 0) { // no body is no data
        assertThat(door.takes(JsonTexts.inside(door.around(), text))).as(door.name()).isFalse();
      }
      if (isFor(door, text) && !isNothing(text)) {
        assertThat(door.takes(text.bytes())).as(door.name()).isFalse();
      }
    }
    assertThat(journal.batches).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.trailcast.activity.JsonTexts#either")
  void takeOrRefuseTheRest(Text text) {
    for (JsonDoor door : doors) {
      door.takes(JsonTexts.inside(door.around(), text)); // and nothing else
      door.takes(text.bytes());
    }
  }

  /** What has two lines is no line. */
  private static boolean isFor(JsonDoor door, Text text) {
    return !door.name().equals("lines")
        || Stream.of('\n', '\r').noneMatch(end -> new String(text.bytes()).indexOf(end) >= 0);
  }

  /** Of lines, nothing and blank lines are none, and no mistake. */
  private static boolean isNothing(Text text) {
    return new String(text.bytes()).replace("\ufeff", "").isBlank();
  }
}
