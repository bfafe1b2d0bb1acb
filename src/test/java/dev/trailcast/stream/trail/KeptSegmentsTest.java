package dev.trailcast.stream.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.TestFrames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptSegmentsTest {
  private static final int MEGABYTE = 1 << 20;

  private final KeptSegments kept = new KeptSegments();

  @Test
  void areBoundedInBytesOverAllChannels() {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      PublicChannel channel =
          new PublicChannel(
              TestFrames.ofActor("actor" + i), 0, new FrameRing(new TailSize(1, 1), 0), kept);
      segments.add(new Segment(Format.SSE, 0, 1, TestFrames.frames(1, 1, "actor" + i), MEGABYTE));
      kept.add(segments.get(i), channel);
    }
    assertThat(kept.size()).isEqualTo((int) (KeptSegments.MOST_BYTES / MEGABYTE));

    segments.forEach(kept::remove);
    assertThat(kept.size()).isZero();
    kept.add(segments.get(0), null);
    assertThat(kept.size()).isOne(); // there is room again
  }
}
