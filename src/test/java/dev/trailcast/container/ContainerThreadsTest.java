package dev.trailcast.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContainerThreadsTest {
  private static final Duration SOON = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicLong now = new AtomicLong();
  private final ScheduledExecutorService executor = new ScheduledThreadPoolExecutor(1);
  private final ContainerThreads threads = new ContainerThreads(null, managed(executor), now::get);

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  @Test
  void noticeThatTheContainerRepeatsSomethingNoMore() {
    threads.repeat(() -> {}, HOUR, HOUR); // to which it never comes
    pass(HOUR.multipliedBy(2));
    assertThat(threads.areRepeating()).isTrue();

    pass(ContainerThreads.PATIENCE);
    assertThat(threads.areRepeating()).isFalse();
  }

  @Test
  void goOnAsLongAsSomethingIsRepeated() {
    AtomicLong times = new AtomicLong();
    threads.repeat(times::incrementAndGet, SOON, SOON);

    pass(HOUR);
    long soFar = times.get();
    Await.until(() -> times.get() > soFar + 1); // one has ended since

    assertThat(threads.areRepeating()).isTrue();
  }

  @Test
  void haveTheTimeThatAStepTakes() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch held = new CountDownLatch(1);
    threads.repeat(
        () -> {
          begun.countDown();
          awaitQuietly(held);
        },
        SOON,
        SOON);
    assertThat(begun.await(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();

    pass(HOUR);

    assertThat(threads.areRepeating()).isTrue();
    held.countDown();
  }

  @Test
  void doNotMissWhatWasCancelled() {
    Future<?> cancelled = threads.repeat(() -> {}, HOUR, HOUR);

    cancelled.cancel(false);
    pass(HOUR.multipliedBy(3));

    assertThat(threads.areRepeating()).isTrue();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As a container has it: the same, with a way to ask for other threads. */
  private static ManagedScheduledExecutorService managed(ScheduledExecutorService executor) {
    return (ManagedScheduledExecutorService)
        Proxy.newProxyInstance(
            ContainerThreadsTest.class.getClassLoader(),
            new Class<?>[] {ManagedScheduledExecutorService.class},
            (proxy, method, arguments) -> method.invoke(executor, arguments));
  }
}
