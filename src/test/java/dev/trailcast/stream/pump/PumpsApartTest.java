package dev.trailcast.stream.pump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.WriteBuffer;
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
