package dev.trailcast.stream.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.View;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.TestFrames;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameIndexTest {
  @Test
  void findsExactlyTheFramesThatAViewIncludesInTheirOrder() {
    Random random = new Random(9);
    List<RecordedFrame> frames =
        IntStream.range(0, 256)
            .mapToObj(n -> TestFrames.frame(n, TestFrames.anyActivity(random)))
            .toList();
    FrameIndex index = new FrameIndex(frames);

    for (int i = 0; i < 2_000; i++) {
      View view = TestFrames.anyView(random);
      assertThat(index.matching(view).stream().mapToObj(index::frame))
          .as(view.toString())
          .containsExactlyElementsOf(
              frames.stream().filter(frame -> view.includes(frame.activity())).toList());
    }
  }
}
