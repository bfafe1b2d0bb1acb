package dev.trailcast.activity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever an activity holds: what is written is one line of UTF-8, and read back it is equal. */
class ActivityRoundTripTest {
  private static final int ACTIVITIES = 1_000;

  private final RandomActivities random = new RandomActivities(20260131);

  @Test
  void whatIsWrittenIsReadBackAsItWas() {
    for (int i = 0; i < ACTIVITIES; i++) {
      Activity activity = random.next();
      byte[] json = EncodedActivity.of(activity).json();
      String text = new String(json, UTF_8);

      assertThat(text.getBytes(UTF_8)).isEqualTo(json);
      assertThat(text.chars()).noneMatch(c -> c < ' ');
      assertThat(ActivityReader.read(text)).isEqualTo(activity);
    }
  }

  @Test
  void whatHasABinaryFormIsReadBackAsItWas() {
    int forms = 0;
    for (int i = 0; i < ACTIVITIES; i++) {
      Activity activity = random.next();
      Optional<BinaryActivity> form = BinaryActivity.of(activity);

      form.ifPresent(binary -> assertThat(binary.toActivity(Completion.NEW)).isEqualTo(activity));
      forms += form.isPresent() ? 1 : 0;
    }
    assertThat(forms).isBetween(ACTIVITIES / 4, ACTIVITIES - 1);
  }
}
