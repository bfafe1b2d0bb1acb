package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.container.ContainerThreads;
import dev.trailcast.journal.Announcements;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.security.Grants;
import dev.trailcast.security.Sessions;
import dev.trailcast.security.TestCallers;
import dev.trailcast.stream.pump.PumpCount;
import dev.trailcast.stream.pump.Pumps;
import dev.trailcast.stream.search.SearchLimits;
import dev.trailcast.stream.trail.History;
import dev.trailcast.stream.trail.Lag;
import dev.trailcast.stream.trail.ScriptedJournal;
import dev.trailcast.stream.trail.TailFiller;
import dev.trailcast.stream.trail.TailSize;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of a trail that could not be laid, or has broken. */
class StreamLifecycleTest {
  private final ScriptedJournal journal = new ScriptedJournal();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicBoolean noHistory = new AtomicBoolean();
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final StreamLifecycle lifecycle = new StreamLifecycle();

  @BeforeEach
  void prepare() throws Exception {
    DeliverySettings settings =
        new DeliverySettings(
            new DeliverySettings.Wire(
                Duration.ofSeconds(4), Duration.ofSeconds(2), true, Duration.ofHours(12)),
            new DeliverySettings.Drain(Duration.ofSeconds(5), Duration.ofSeconds(5)),
            new DeliverySettings.ReaderLimits(10, 10, 10));
    TailSize size = new TailSize(100, 1 << 20);
    ManagedThreadFactory factory = managed(ManagedThreadFactory.class, this::newThread);
    give(DeliverySettings.class, settings);
    give(TailSize.class, size);
    give(SearchLimits.class, new SearchLimits(1, 10, 1_000, Duration.ofSeconds(1)));
    give(JournalReader.class, journal);
    give(Announcements.class, new Announcements());
    give(Grants.class, TestCallers.administeredBy(""));
    give(Readers.class, new Readers(settings, new Sessions()));
    lifecycle.borrowThreads(
        new ContainerThreads(factory, managed(ManagedScheduledExecutorService.class, null)));
    give(TailFiller.class, new TailFiller(journal, size, field(Lag.class)));
    give(Pumps.class, new Pumps(new PumpCount(1, 1), factory));
  }

  @AfterEach
  void end() {
    lifecycle.stop();
    threads.forEach(Thread::interrupt);
    scheduler.shutdownNow();
  }

  @Test
  void saysNothingWhereReadersGetWhatIsRecorded() {
    lifecycle.start(null);

    assertThat(lifecycle.problem()).isEmpty();
    assertThat(lifecycle.isAlive()).isTrue();
  }

  @Test
  void startsOnceWhereTheServerAnnouncesTheBeginningTwice() {
    lifecycle.start(null);
    int started = threads.size();

    lifecycle.start(null);

    assertThat(threads).hasSize(started);
  }

  @Test
  void saysThatTheTrailCouldNotBeOpened() {
    noHistory.set(true);
    lifecycle.start(null);

    assertThat(lifecycle.problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("restart"));
    assertThat(lifecycle.isAlive()).isFalse();
  }

  @Test
  void saysThatTheJournalCouldNotBeReadYetAndLivesOn() {
    CountDownLatch released = new CountDownLatch(1);
    journal.beforeReading(
        read -> {
          if (read == 1) {
            throw new JournalUnavailableException("on purpose", null);
          }
          await(released);
        });
    lifecycle.start(null);
    assertThat(lifecycle.problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("not been read"));
    assertThat(lifecycle.isAlive()).isTrue();

    released.countDown();
    Await.until(() -> lifecycle.problem().isEmpty());
  }

  @Test
  void isNotAliveWhereTheServerTookTheTailsThreadBack() {
    lifecycle.start(null);

    Await.until(
        () -> {
          threads.stream()
              .filter(thread -> thread.getName().equals("trailcast-tail"))
              .forEach(Thread::interrupt);
          return !lifecycle.isAlive();
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread newThread(Runnable work) {
    if (work instanceof History && noHistory.get()) {
      throw new OutOfMemoryError("unable to create native thread, on purpose");
    }
    Thread thread = new Thread(work);
    threads.add(thread);
    return thread;
  }

  private interface ThreadMaker {
    Thread make(Runnable work);
  }

  /** What a container lends, by threads of the test's. */
  private <T> T managed(Class<T> type, ThreadMaker maker) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                maker == null
                    ? method.invoke(scheduler, arguments)
                    : maker.make((Runnable) arguments[0])));
  }

  /** As CDI and the container do. */
  private void give(Class<?> type, Object value) throws IllegalAccessException {
    fieldOf(type).set(lifecycle, value);
  }

  private <T> T field(Class<T> type) throws IllegalAccessException {
    return type.cast(fieldOf(type).get(lifecycle));
  }

  private static Field fieldOf(Class<?> type) {
    for (Field field : StreamLifecycle.class.getDeclaredFields()) {
      if (field.getType() == type) {
        field.setAccessible(true);
        return field;
      }
    }
    throw new AssertionError("no field of " + type);
  }
}
