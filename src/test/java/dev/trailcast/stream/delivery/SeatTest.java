package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.security.TestCallers;
import dev.trailcast.stream.wire.CloseReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeatTest {
  @TempDir Path directory;

  private final List<String> ended = new ArrayList<>();

  @Test
  void endsWhateverItsOccupantDoesLast() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      Seat seat = seat(trail);
      seat.occupy(reason -> ended.add("search"));
      seat.occupy(reason -> ended.add("stream"));

      seat.end(CloseReason.DRAINING);
      seat.end(CloseReason.DRAINING);

      assertThat(ended).containsExactly("stream");
      seat.leave();
    }
  }

  @Test
  void endsAtOnceWhatBeginsWhenTheApplicationEnds() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      Seat seat = seat(trail);
      seat.occupy(reason -> ended.add("search"));
      seat.end(CloseReason.DRAINING);

      seat.occupy(reason -> ended.add("stream"));

      assertThat(ended).containsExactly("search", "stream");
      seat.leave();
    }
  }

  private static Seat seat(TestTrail trail) {
    return trail.readers.enter(TestCallers.of("127.0.0.1", null), TestTrail.ASKED);
  }
}
