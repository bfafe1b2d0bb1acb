package dev.trailcast.stream.pump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Errors come where nobody expects them, and mostly can't even be logged. */
class PumpErrorsTest {
  private final Logger logger = Logger.getLogger(Pumps.class.getName());
  private final Handler brokenLog = new BrokenHandler();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean threadsAreOut;
  private final Pumps pumps = new Pumps(new PumpCount(1, 2), this::newThread);

  private Thread newThread(Runnable work) {
    if (threadsAreOut) {
      refused.incrementAndGet();
      throw new OutOfMemoryError("unable to create native thread, on purpose");
    }
    return new Thread(work);
  }

  @BeforeEach
  void start() {
    logger.addHandler(brokenLog);
    pumps.start();
  }

  @AfterEach
  void end() {
    pumps.stop();
    logger.removeHandler(brokenLog);
  }

  @Test
  void leaveThePumpAndTheReaderWhoseWorkFails() {
    AtomicInteger served = new AtomicInteger();
    Turn turn =
        pumps.turn(
            work(
                () -> {
                  if (served.incrementAndGet() == 1) {
                    throw new NoClassDefFoundError("on purpose");
                  }
                  return Turn.Next.WHEN_WOKEN;
                }));
    turn.begin();
    Await.until(() -> served.get() == 1);

    Await.until(
        () -> {
          turn.wake();
          return served.get() > 1;
        });
    assertThat(pumps.areAlive()).isTrue();
  }

  @Test
  void leaveTheWatchdogWhereNoThreadIsToBeHad() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    Turn holder = pumps.turn(work(() -> hold(released)));
    threadsAreOut = true;
    holder.begin();
    Await.until(() -> refused.get() >= 2); // it has tried again

    threadsAreOut = false;
    Await.until(() -> pumps.replacements() == 1);
    released.countDown();
    assertThat(pumps.areAlive()).isTrue();
  }

  private static Turn.Next hold(CountDownLatch released) {
    try {
      assertThat(released.await(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return Turn.Next.WHEN_WOKEN;
  }

  @Test
  void leaveTheClockAndWhoIsDue() {
    AtomicInteger served = new AtomicInteger();
    Turn turn =
        pumps.turn(
            work(
                () -> {
                  threadsAreOut = true; // for a pump is there, and one apart would have to be made
                  served.incrementAndGet();
                  return Turn.Next.at(System.nanoTime() + 1_000_000);
                }));
    threadsAreOut = false;
    turn.begin();
    Await.until(() -> served.get() > 1);
    turn.setApart();
    Await.until(() -> refused.get() > 0);

    threadsAreOut = false;
    int before = served.get();
    Await.until(
        () -> {
          turn.wake();
          threadsAreOut = false;
          return served.get() > before;
        });
    assertThat(pumps.areAlive()).isTrue();
  }

  private static Turn.Work work(Supplier<Turn.Next> serving) {
    return new Turn.Work() {
      @Override
      public Turn.Next serve(WriteBuffer out, Frame[] frames, long now) {
        return serving.get();
      }

      @Override
      public long lastWrite() {
        return 0;
      }
    };
  }

  private static final class BrokenHandler extends Handler {
    @Override
    public void publish(LogRecord logged) {
      throw new OutOfMemoryError("on purpose");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
