package dev.trailcast.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.LogRecorder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnduringTest {
  private static final System.Logger LOG = System.getLogger(EnduringTest.class.getName());

  private final LogRecorder log = new LogRecorder(EnduringTest.class);

  @AfterEach
  void end() {
    log.close();
  }

  @Test
  void isScheduledOnThoughItFails() throws Exception {
    CountDownLatch left = new CountDownLatch(3);
    Runnable task =
        () -> {
          left.countDown();
          throw new OutOfMemoryError("on purpose");
        };
    ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    try {
      scheduler.scheduleWithFixedDelay(
          new Enduring(LOG, "It failed", task), 0, 1, TimeUnit.MILLISECONDS);
      assertThat(left.await(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      scheduler.shutdownNow();
      assertThat(scheduler.awaitTermination(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void saysOnceThatItFailsAndAgainWhereItHasWorkedBetween() {
    boolean[] fails = {true};
    Enduring step =
        new Enduring(
            LOG,
            "It failed",
            () -> {
              if (fails[0]) {
                throw new NoClassDefFoundError("on purpose");
              }
            });
    step.run();
    step.run();
    assertThat(log.messages()).containsExactly("It failed");

    fails[0] = false;
    step.run();
    fails[0] = true;
    step.run();
    assertThat(log.messages()).containsExactly("It failed", "It failed");
  }

  @Test
  void isSilentWhereNothingCanBeLogged() {
    Logger logger = Logger.getLogger(EnduringTest.class.getName());
    Handler broken = new BrokenHandler();
    logger.addHandler(broken);
    try {
      new Enduring(
              LOG,
              "It failed",
              () -> {
                throw new IllegalStateException("on purpose");
              })
          .run();
    } finally {
      logger.removeHandler(broken);
    }
  }

  /** Where memory has run out, or the application is being removed. */
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
