package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.journal.Gap;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.FakeConnection;
import dev.trailcast.stream.wire.Gzip;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers are counted by. */
class ReaderCountsTest {
  @TempDir Path directory;

  @Test
  void countsEachDeliveryAndItsBytesOnce() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 1_000)) {
      FakeConnection first = trail.followFrom(0);
      FakeConnection second = trail.followFrom(0);
      first.await("to be live", client -> client.events().size() == 1);
      second.await("to be live", client -> client.events().size() == 1);
      trail.record(0, 10);
      first.await("all", client -> client.activities().size() == 10);
      second.await("all", client -> client.activities().size() == 10);

      Deliveries deliveries = trail.readers.deliveries();
      Await.until(() -> deliveries.frames().sum() == 20);
      long got = first.text().getBytes(StandardCharsets.UTF_8).length;
      got += second.text().getBytes(StandardCharsets.UTF_8).length;
      assertThat(deliveries.plainBytes().sum()).isEqualTo(got);
      assertThat(deliveries.sentBytes().sum()).isEqualTo(got);
      Await.until(() -> deliveries.delay().snapshot().count() >= 2); // once for a write
      assertThat(deliveries.delay().snapshot().count()).isLessThanOrEqualTo(20);
      assertThat(trail.readers.visits().opened().of(Asked.Door.EVENTS)).isEqualTo(2);
      assertThat(trail.readers.visits().opening().snapshot().count()).isEqualTo(2);
    }
  }

  @Test
  void measuresNoDelayOfReadersThatCatchUp() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      trail.record(0, 500);
      trail.awaitTail();
      FakeConnection reader = trail.followFrom(0);
      reader.await("all", client -> client.activities().size() == 500);

      Deliveries deliveries = trail.readers.deliveries();
      Await.until(() -> deliveries.frames().sum() == 500);
      assertThat(deliveries.delay().snapshot().count()).isZero();
      assertThat(trail.readers.historyPages()).isPositive();
    }
  }

  @Test
  void countsWhatIsPackedAsWhatItIsAndAsWhatIsSent() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 1_000)) {
      trail.record(0, 500);
      trail.awaitTail();
      FakeConnection reader = new FakeConnection(new Gzip(trail.trail.compression()));
      trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head().at(0), null), reader);
      reader.await("all", client -> client.activities().size() == 500);

      Deliveries deliveries = trail.readers.deliveries();
      Await.until(() -> deliveries.frames().sum() == 500);
      long plain = reader.text().getBytes(StandardCharsets.UTF_8).length;
      assertThat(deliveries.plainBytes().sum()).isEqualTo(plain);
      assertThat(deliveries.sentBytes().sum()).isPositive().isLessThan(plain / 2);
    }
  }

  @Test
  void countsGapsThatReadersAreTold() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      Place elsewhere =
          new Place(
              trail.trail.tail().head(),
              new Gap(Gap.Reason.UNKNOWN, "elsewhere-1", trail.trail.tail().head()));
      FakeConnection reader = trail.follow(TestTrail.EVERYTHING, elsewhere);
      reader.await("the gap", client -> client.controls("trailcast.gap").size() == 1);

      Await.until(() -> trail.readers.deliveries().gaps().of(Gap.Reason.UNKNOWN) == 1);
      assertThat(trail.readers.deliveries().gaps().of(Gap.Reason.EXPIRED)).isZero();
    }
  }

  @Test
  void countsWhyReadersLeaveAndHowLongTheyStayed() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      trail.followFrom(0);
      trail.readers.close(true);

      Visits visits = trail.readers.visits();
      Await.until(() -> visits.ended().of(CloseReason.CLOSED) == 1);
      Await.until(() -> visits.stay().snapshot().count() == 1);
      assertThat(trail.refusal()).contains(CloseReason.CLOSED);
      assertThat(visits.refused().of(CloseReason.CLOSED)).isEqualTo(1);
    }
  }
}
