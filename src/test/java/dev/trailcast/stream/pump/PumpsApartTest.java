package dev.trailcast.stream.pump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PumpsApartTest {
  @Test
  void serveAReaderThatStalledOnAThreadThatIsThereAlready() {
    AtomicInteger threads = new AtomicInteger();
    Pumps pumps =
        new Pumps(
            new PumpCount(1, 5),
            work -> {
              threads.incrementAndGet();
              return new Thread(work);
            });
    pumps.start();
    try {
      int before = threads.get();
      Counting work = new Counting();
      Turn turn = pumps.turn(work);
      turn.setApart();
      turn.begin();
      for (int served = 1; served <= 20; served++) {
        int times = served;
        Await.until(() -> work.served.get() == times && pumps.held() == 0);
        turn.wake();
      }
      assertThat(threads.get() - before).isEqualTo(1);
    } finally {
      pumps.stop();
    }
  }

  @Test
  void passesOverOneThatStoppedReadingWhileItStoodAmongTheReady() {
    Pumps pumps = new Pumps(new PumpCount(1, 5), Thread::new);
    pumps.setProvable(true);
    Counting work = new Counting();
    Turn stopped = pumps.turn(work);
    stopped.begin();
    stopped.judge(1_000);
    stopped.judge(1_000); // of which it has taken nothing
    Counting later = new Counting();
    pumps.turn(later).begin();

    pumps.start();
    try {
      Await.until(() -> later.served.get() == 1);
      assertThat(work.served).hasValue(0);
      assertThat(pumps.awaitingProof()).containsExactly(stopped);

      stopped.prove();
      Await.until(() -> work.served.get() == 1);
    } finally {
      pumps.stop();
    }
  }

  @Test
  void makeAThreadForEachStalledReaderThatWaitsButNoMoreThanThereMayBe() throws Exception {
    Threads threads = new Threads();
    Pumps pumps = new Pumps(new PumpCount(1, 2), threads);
    assertThat(pumps.haveStalled()).isFalse();

    Turn first = stalled(pumps);
    Turn second = stalled(pumps);
    Turn third = stalled(pumps);

    assertThat(threads.made).hasValue(2);
    assertThat(pumps.apart()).isEqualTo(2);
    assertThat(pumps.held()).isEqualTo(2);
    assertThat(pumps.haveStalled()).isTrue();
    assertThat(pumps.areExhausted()).as("pumps are replaced all the same").isFalse();
    assertThat(pumps.stalledWaiting()).isEqualTo(3);
    for (Turn each : new Turn[] {first, second, third}) {
      assertThat(pumps.nextStalled()).isSameAs(each);
    }
    assertThat(pumps.stalledWaiting()).isZero();
    assertThat(threads.made).hasValue(2);
  }

  @Test
  void letAThreadEndWhereNoStalledReaderWaitsAndMakeAnotherForTheNext() throws Exception {
    Threads threads = new Threads();
    Pumps pumps = new Pumps(new PumpCount(1, 2), threads);
    stalled(pumps);
    pumps.nextStalled();

    assertThat(pumps.mayEnd()).isTrue();
    assertThat(pumps.apart()).isZero();
    assertThat(pumps.haveStalled()).isFalse();
    stalled(pumps);
    assertThat(threads.made).hasValue(2);
  }

  @Test
  void letNoThreadEndOnWhichAReaderReliesUnlessTheyAreStopped() {
    Pumps pumps = new Pumps(new PumpCount(1, 2), new Threads());
    stalled(pumps);

    assertThat(pumps.mayEnd()).isFalse();
    assertThat(pumps.apart()).isOne();
    pumps.stop();
    assertThat(pumps.mayEnd()).isTrue();
    assertThat(pumps.apart()).isZero();
  }

  @Test
  void makeAThreadForWhoStillWaitsWhereOneIsServed() throws Exception {
    Threads threads = new Threads();
    threads.areOut = true;
    Pumps pumps = new Pumps(new PumpCount(1, 2), threads);
    Turn first = stalled(pumps);
    stalled(pumps);
    assertThat(pumps.apart()).as("none was to be had").isZero();
    assertThat(pumps.stalledWaiting()).isEqualTo(2);

    threads.areOut = false;
    assertThat(pumps.nextStalled()).isSameAs(first);

    assertThat(threads.made).hasValue(1);
    assertThat(pumps.apart()).isOne();
  }

  private static Turn stalled(Pumps pumps) {
    Turn turn = pumps.turn(new Counting());
    turn.setApart();
    turn.begin();
    return turn;
  }

  /** They do nothing: the test does what they would. */
  private static final class Threads implements ThreadFactory {
    final AtomicInteger made = new AtomicInteger();
    boolean areOut;

    @Override
    public Thread newThread(Runnable work) {
      if (areOut) {
        throw new OutOfMemoryError("unable to create native thread, on purpose");
      }
      made.incrementAndGet();
      return new Thread(() -> {});
    }
  }

  private static final class Counting implements Turn.Work {
    final AtomicInteger served = new AtomicInteger();

    @Override
    public Turn.Next serve(WriteBuffer out, Frame[] frames, long now) {
      served.incrementAndGet();
      return Turn.Next.WHEN_WOKEN;
    }

    @Override
    public long lastWrite() {
      return 0;
    }
  }
}
