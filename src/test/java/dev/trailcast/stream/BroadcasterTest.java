package dev.trailcast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.FakeConnection;
import dev.trailcast.stream.wire.PlainSseEvent;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of {@link jakarta.ws.rs.sse.SseBroadcaster}, as its Javadoc and the TCK have it. */
class BroadcasterTest {
  private static final PlainSseEvent HELLO = new PlainSseEvent("greeting", null, "hello");

  @TempDir Path directory;

  @Test
  void broadcastsToEverybodyConnectedWhateverTheyAskedFor() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      Broadcaster broadcaster = broadcaster(trail);
      FakeConnection reader = trail.followFrom(0);
      Sink sink = new Sink();
      broadcaster.register(sink);

      assertThat(broadcaster.broadcast(HELLO).toCompletableFuture()).isCompleted();
      trail.record("a");

      reader.await("both", client -> client.activities().size() == 2);
      assertThat(reader.text())
          .containsSubsequence("event: greeting\ndata: hello\n\n", "event: a\n");
      assertThat(sink.next()).isSameAs(HELLO);
      assertThat(sink.next().getData()).asString().contains("\"type\":\"a\"");
    }
  }

  @Test
  void forgetsWhatWasBroadcast() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      Broadcaster broadcaster = broadcaster(trail);
      broadcaster.broadcast(HELLO);
      trail.record("a");

      FakeConnection reader = trail.followFrom(0);

      reader.await("a", client -> client.activities().size() == 1);
      assertThat(reader.text()).doesNotContain("hello").contains("event: a\n");
    }
  }

  @Test
  void sendsToARegisteredSinkOneAfterTheOtherWithItsPosition() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      Broadcaster broadcaster = broadcaster(trail);
      Sink sink = new Sink();
      broadcaster.register(sink);
      broadcaster.register(sink); // twice is once
      List<String> positions = trail.record("a", "b", "c").stream().map(Object::toString).toList();

      assertThat(List.of(sink.next().getId(), sink.next().getId(), sink.next().getId()))
          .isEqualTo(positions);
      assertThat(sink.events).isEmpty();
    }
  }

  @Test
  void dropsASinkThatFailsAndTellsTheErrorAndThenTheEnd() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      Broadcaster broadcaster = broadcaster(trail);
      BlockingQueue<String> told = new LinkedBlockingQueue<>();
      Sink sink = new Sink();
      sink.failure = new java.io.IOException("Broken pipe");
      broadcaster.onError((which, problem) -> told.add(problem.getMessage()));
      broadcaster.onClose(which -> told.add(which == sink ? "closed" : "other"));
      broadcaster.register(sink);

      broadcaster.broadcast(HELLO);

      assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("Broken pipe");
      assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("closed");
      assertThat(trail.readers.streams()).isZero();
      broadcaster.broadcast(HELLO);
      assertThat(told).isEmpty();
    }
  }

  @Test
  void tellsOnlyTheEndOfASinkThatSomebodyElseHasClosed() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      Broadcaster broadcaster = broadcaster(trail);
      BlockingQueue<String> told = new LinkedBlockingQueue<>();
      Sink sink = new Sink();
      broadcaster.onError((which, problem) -> told.add("error"));
      broadcaster.onClose(which -> told.add("closed"));
      broadcaster.register(sink);
      sink.close();

      broadcaster.broadcast(HELLO);

      assertThat(told.poll(20, TimeUnit.SECONDS)).isEqualTo("closed");
      assertThat(told).isEmpty();
    }
  }

  @Test
  void isNotHeldUpByASinkThatDoesNotTakeAnything() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      Broadcaster broadcaster = broadcaster(trail);
      Sink stalled = new Sink();
      stalled.gate = new CountDownLatch(1);
      broadcaster.register(stalled);
      Sink other = new Sink();
      broadcaster.register(other);
      FakeConnection reader = trail.followFrom(0);

      broadcaster.broadcast(HELLO);

      assertThat(other.next()).isSameAs(HELLO);
      reader.await("hello", client -> client.activities().size() == 1);
      stalled.gate.countDown();
      assertThat(stalled.next()).isSameAs(HELLO);
    }
  }

  @Test
  void closesEverySinkAndTellsItAndRefusesEverythingAfterwards() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      Broadcaster broadcaster = broadcaster(trail);
      CountDownLatch closed = new CountDownLatch(2);
      broadcaster.onClose(which -> closed.countDown());
      Sink sink = new Sink();
      broadcaster.register(sink);
      FakeConnection reader = trail.followFrom(0);

      broadcaster.close();
      broadcaster.close();

      assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(sink.isClosed()).isTrue();
      reader.awaitEnd();
      assertThat(reader.text()).contains("event: trailcast.closing\ndata: {\"reason\":\"closed\"");
      assertThatThrownBy(() -> broadcaster.broadcast(HELLO))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> broadcaster.register(sink))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> broadcaster.onClose(which -> {}))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> broadcaster.onError((which, problem) -> {}))
          .isInstanceOf(IllegalStateException.class);
      assertThat(trail.refusal()).contains(CloseReason.CLOSED);
    }
  }

  @Test
  void leavesRegisteredSinksOpenWhereClosingDoesNotCascade() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      Broadcaster broadcaster = broadcaster(trail);
      Sink sink = new Sink();
      broadcaster.register(sink);
      FakeConnection reader = trail.followFrom(0);

      broadcaster.close(false);

      reader.awaitEnd();
      trail.readers.drain(Duration.ofSeconds(20)); // until nobody is served any more
      assertThat(trail.readers.streams()).isZero();
      assertThat(sink.isClosed()).isFalse();
    }
  }

  @Test
  void refusesMoreReadersThanThereMayBe() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      for (int i = 0; i < 100; i++) {
        trail.followFrom(0);
      }
      assertThat(trail.refusal()).contains(CloseReason.FULL);
    }
  }

  @Test
  void drainsGivingEachReaderWhatItHasNotBeenSent() throws Exception {
    FakeConnection reader = new FakeConnection();
    try (TestTrail trail = new TestTrail(directory, 5_000)) {
      reader.stall();
      trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head(), null), reader);
      reader.awaitHeld();
      trail.record(1, 2_000);
      FakeConnection inStep = trail.followFrom(0);
      inStep.await("all", client -> client.activities().size() == 2_000);
      reader.resume();
    } // drains
    reader.awaitEnd();
    reader.await("all", client -> client.activities().size() == 2_000);
    reader.await(
        "closing, last",
        client ->
            client.events().get(client.events().size() - 1).name().equals("trailcast.closing"));
    assertThat(reader.text()).contains("{\"reason\":\"draining\",\"retry\":");
  }

  private static Broadcaster broadcaster(TestTrail trail) {
    Broadcaster broadcaster = new Broadcaster(trail.readers);
    broadcaster.listen();
    return broadcaster;
  }

  /** A sink as a runtime has it. */
  private static final class Sink implements SseEventSink {
    final BlockingQueue<OutboundSseEvent> events = new LinkedBlockingQueue<>();
    volatile Exception failure;
    volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean closed;

    OutboundSseEvent next() throws InterruptedException {
      OutboundSseEvent event = events.poll(20, TimeUnit.SECONDS);
      assertThat(event).as("event within 20 s").isNotNull();
      return event;
    }

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        return CompletableFuture.failedFuture(e);
      }
      if (failure != null) {
        return CompletableFuture.failedFuture(failure);
      }
      events.add(event);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
