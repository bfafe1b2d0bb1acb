package dev.trailcast.stream.pump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the threads of the pumps end: two pumps, the watchdog and the clock, in this order. */
class PumpsEndTest {
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final Pumps pumps =
      new Pumps(
          new PumpCount(2, 1),
          work -> {
            Thread thread = new Thread(work);
            threads.add(thread);
            return thread;
          });

  @AfterEach
  void end() {
    pumps.stop();
  }

  @Test
  void allOfThemEndWhereTheyAreStopped() throws Exception {
    pumps.start();
    assertThat(threads).hasSize(4);
    Await.until(() -> threads.stream().allMatch(PumpsEndTest::waits));

    pumps.stop();

    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(Await.LIMIT_SECONDS));
      assertThat(thread.isAlive()).isFalse();
    }
  }

  private static boolean waits(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  @Test
  void areNotAliveWithoutTheirClock() throws Exception {
    assertThat(pumps.areAlive()).as("they have not begun").isFalse();
    pumps.start();
    assertThat(pumps.areAlive()).isTrue();

    interrupt(threads.get(3));

    assertThat(pumps.areAlive()).isFalse();
  }

  @Test
  void areNotAliveWithoutTheirWatchdog() throws Exception {
    pumps.start();

    interrupt(threads.get(2));

    assertThat(pumps.areAlive()).isFalse();
  }

  /** As the server does that takes its thread back. */
  private static void interrupt(Thread thread) throws InterruptedException {
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(Await.LIMIT_SECONDS));
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void wakeTheClockForWhoIsDue() {
    AtomicInteger served = new AtomicInteger();
    pumps.start();

    pumps.turn(new Due(served)).begin();

    Await.until(() -> served.get() == 2);
  }

  /** Is served once more, a little later. */
  private record Due(AtomicInteger served) implements Turn.Work {
    @Override
    public Turn.Next serve(WriteBuffer out, Frame[] frames, long now) {
      return served.incrementAndGet() == 1
          ? Turn.Next.at(now + TimeUnit.MILLISECONDS.toNanos(50))
          : Turn.Next.WHEN_WOKEN;
    }

    @Override
    public long lastWrite() {
      return 0;
    }
  }
}
