package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.pump.PumpCount;
import dev.trailcast.stream.pump.Pumps;
import dev.trailcast.stream.pump.Turn;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.FakeConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PumpsTest {
  @TempDir Path directory;

  @Test
  void serveTheOthersWhileReadersStallAndThoseWhenTheyReadAgain() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 1_000)) {
      List<FakeConnection> stalled = new ArrayList<>();
      for (int i = 0; i < 10; i++) { // more than there are pumps
        FakeConnection reader = new FakeConnection();
        reader.stall();
        trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head(), null), reader);
        stalled.add(reader);
      }
      stalled.forEach(FakeConnection::awaitHeld);
      List<FakeConnection> others = Stream.generate(() -> trail.followFrom(0)).limit(20).toList();

      trail.record(1, 500);

      others.forEach(reader -> reader.await("all", client -> client.activities().size() == 500));
      assertThat(trail.pumps.replacements()).isGreaterThanOrEqualTo(10);
      assertThat(stalled).allMatch(reader -> reader.text().isEmpty());

      stalled.forEach(FakeConnection::resume);
      stalled.forEach(reader -> reader.await("all", client -> client.activities().size() == 500));
    }
  }

  @Test
  @Timeout(60)
  void boundTheThreadsForStalledReadersAndLetTheRestWait() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 1_000)) {
      List<FakeConnection> stalled = new ArrayList<>();
      for (int i = 0; i < 30; i++) { // the trail has 20 threads for such
        FakeConnection reader = trail.followFrom(0);
        reader.await("opening", client -> client.events().size() == 1);
        stalled.add(reader);
      }
      trail
          .readers
          .subscribers()
          .forEach(each -> each.turn().setApart()); // as if each had held a pump
      FakeConnection other = trail.followFrom(0);
      stalled.forEach(FakeConnection::stall);
      trail.record("a");
      Await.until("the other 20 to hold a thread each", () -> trail.pumps.stalledWaiting() == 10);

      other.await("what was recorded", client -> client.activities().size() == 1);
      assertThat(trail.pumps.apart()).isEqualTo(20);
      assertThat(trail.refusal()).isEmpty(); // they hold none of the others' threads

      stalled.forEach(FakeConnection::resume);
      stalled.forEach(reader -> reader.await("a", client -> client.activities().size() == 1));
    }
  }

  @Test
  @Timeout(60)
  void areReplacedBeyondThatBoundToo() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 1_000)) {
      List<FakeConnection> stalled = new ArrayList<>();
      for (int i = 0; i < 40; i++) { // twice as many as there are threads for such
        FakeConnection reader = new FakeConnection();
        reader.stall();
        trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head(), null), reader);
        stalled.add(reader);
        if (i == 30) {
          FakeConnection other = trail.followFrom(0);
          other.await("opening", client -> client.events().size() == 1);
          assertThat(trail.refusal()).isEmpty();
        }
      }
      Await.until("each to hold a thread", trail.pumps::areExhausted);
      assertThat(trail.refusal()).contains(CloseReason.FULL);

      stalled.forEach(FakeConnection::resume);
      Await.until("most of them to let go", () -> trail.pumps.held() < 20);
      assertThat(trail.refusal()).isEmpty();
      trail.record("a");
      stalled.forEach(reader -> reader.await("a", client -> client.activities().size() == 1));
      Await.until("as many threads as before", () -> trail.pumps.apart() <= 20);
    }
  }

  @Test
  @Timeout(60)
  void leaveThoseAsideThatWereSetApartWhileTheyStoodInTheQueue() throws Exception {
    Pumps pumps = new Pumps(new PumpCount(2, 5), Thread::new);
    try (TestTrail trail = new TestTrail(directory, 1_000, pumps)) {
      List<FakeConnection> stalled = new ArrayList<>();
      for (int i = 0; i < 20; i++) { // more than there are threads of both kinds
        FakeConnection reader = new FakeConnection();
        reader.stall();
        trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head(), null), reader);
        stalled.add(reader);
      }
      List<Subscriber> setApart = List.copyOf(trail.readers.subscribers());
      setApart.forEach(each -> each.turn().setApart());
      FakeConnection other = trail.followFrom(0);
      List<Subscriber> rest = new ArrayList<>(trail.readers.subscribers());
      rest.removeAll(setApart);
      Turn turn = rest.get(0).turn();
      StreamPosition head = trail.record(1, 500).get(499);

      pumps.start();

      Await.until(
          "all",
          () -> {
            turn.judge(0); // it reads: on a busy machine it may be taken for one that does not
            return other.text().contains("\nid: " + head + "\n");
          });
      assertThat(pumps.replacements()).isLessThan(5); // each of the others would take a pump
      stalled.forEach(FakeConnection::resume);
      stalled.forEach(reader -> reader.await("all", client -> client.activities().size() == 500));
    }
  }

  @Test
  void goOnThoughAListenerLeavesItsThreadInterrupted() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 1_000)) {
      trail.readers.onEnd(reason -> Thread.currentThread().interrupt());
      for (int i = 0; i < 10; i++) { // more than there are pumps
        FakeConnection reader = trail.followFrom(0);
        reader.await("opening", client -> !client.events().isEmpty());
        reader.breakDown();
        trail.record("a");
        reader.awaitEnd();
      }

      FakeConnection other = trail.followFrom(0);

      other.await("all", client -> client.activities().size() == 10);
      assertThat(trail.pumps.areAlive()).isTrue();
    }
  }

  @Test
  void areNotAliveWhereOneHasEndedAndNoneIsThereInstead() throws Exception {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    Pumps pumps =
        new Pumps(
            new PumpCount(1, 1),
            work -> {
              Thread thread = new Thread(work);
              threads.add(thread);
              return thread;
            });
    pumps.start();
    try {
      assertThat(pumps.areAlive()).isTrue();
      Thread pump = threads.get(0); // the first that is started

      pump.interrupt();

      pump.join();
      assertThat(pumps.areAlive()).isFalse();
    } finally {
      pumps.stop();
    }
  }

  @Test
  void writeNothingToAReaderForWhomTheKernelHoldsMoreAndMore() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 1_000)) {
      FakeConnection connection = trail.followFrom(0);
      connection.await("opening", client -> client.events().size() == 1);
      Turn reader = trail.readers.subscribers().iterator().next().turn();
      trail.pumps.setProvable(true);

      reader.judge(100_000);
      reader.judge(90_000); // slow, but it reads
      trail.record("a");
      connection.await("a", client -> client.activities().size() == 1);
      reader.judge(90_000);
      trail.record("b");
      Await.until("it to wait", () -> trail.pumps.awaitingProof().contains(reader));
      assertThat(connection.text()).doesNotContain("\"b\"");

      reader.prove();
      connection.await("b", client -> client.activities().size() == 2);
      trail.record("c");
      connection.await("c", client -> client.activities().size() == 3);
    }
  }

  @Test
  void endAReaderThatIsGoneAndFreeItsPlace() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 1_000)) {
      FakeConnection reader = trail.followFrom(0);
      reader.await("opening", client -> client.events().size() == 1);

      CountDownLatch ended = new CountDownLatch(1);
      trail.readers.onEnd(reason -> ended.countDown());
      reader.breakDown();
      trail.record("a");

      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
      reader.awaitEnd();
      FakeConnection other = trail.followFrom(0); // comes after: its end is not waited for
      other.await("a", client -> client.activities().size() == 1);
      assertThat(trail.readers.streams()).isEqualTo(1);
    }
  }
}
