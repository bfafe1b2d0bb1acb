package dev.trailcast.stream.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.security.TestCallers;
import dev.trailcast.stream.delivery.Seat;
import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.trail.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceCallTest {
  @TempDir Path directory;

  private final List<Object> told = new ArrayList<>();

  @Test
  void beginsAtThePlaceThatWasFound() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      Seat seat = seat(trail);
      Place place = new Place(trail.trail.tail().head(), null);

      new PlaceCall(seat, told::add, told::add).receive(place);

      assertThat(told).containsExactly(place);
      seat.leave();
    }
  }

  @Test
  void givesItsSeatBackWhereTheStreamDoesNotBegin() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      IOException gone = new IOException("on purpose");
      for (int i = 0; i < 200; i++) { // more than the trail has seats
        new PlaceCall(
                seat(trail),
                place -> {
                  throw gone;
                },
                told::add)
            .receive(new Place(trail.trail.tail().head(), null));
      }

      assertThat(told).hasSize(200).containsOnly(gone);
    }
  }

  @Test
  void isGivenUpWhereTheApplicationEnds() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      Seat seat = seat(trail);
      PlaceCall call = new PlaceCall(seat, told::add, told::add);
      assertThat(call.waits()).isTrue();
      Thread drain =
          new Thread(
              () -> {
                try {
                  trail.readers.drain(Duration.ofSeconds(20));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      drain.start();

      Await.until(() -> !call.waits());
      seat.leave();
      drain.join();
    }
  }

  private static Seat seat(TestTrail trail) {
    return trail.readers.enter(TestCallers.of("127.0.0.1", null), TestTrail.ASKED);
  }
}
