package dev.trailcast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.LogRecorder;
import dev.trailcast.stream.trail.ScriptedJournal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application's observers, which may do whatever they like. */
class ObserverNotifierTest {
  private final ScriptedJournal journal = new ScriptedJournal();
  private final LogRecorder log = new LogRecorder(ObserverNotifier.class);
  private final List<JournalPage> told = new CopyOnWriteArrayList<>();
  private volatile Observer observer = page -> {};
  private final ObserverNotifier observers =
      new ObserverNotifier(
          journal,
          page -> {
            told.add(page);
            observer.observe(page);
          });
  private final Thread thread = new Thread(observers);

  private interface Observer {
    void observe(JournalPage page);
  }

  @BeforeEach
  void start() {
    thread.start();
  }

  @AfterEach
  void end() throws InterruptedException {
    observers.stop();
    thread.join();
    log.close();
  }

  @Test
  void tellsFromTheFirstAnnouncementOnInOrderAndOnce() {
    journal.append(1, 2); // before
    observers.note(journal.append(3, 5));
    awaitTold(5);
    observers.note(journal.append(9));
    awaitTold(9);

    assertThat(offsets()).containsExactly(3L, 5L, 9L);
    assertThat(told.get(0).after().offset()).isEqualTo(2);
    assertThat(observers.failures()).isZero();
    assertThat(log.messages()).isEmpty();
  }

  @Test
  void tellsOfAHeadThatMovesWithoutAnEntryOnlyWithTheNextEntry() {
    observers.note(journal.append(1));
    awaitTold(1);
    for (int moved = 7; moved <= 9; moved++) {
      observers.note(journal.skipTo(moved));
      Await.until(() -> observers.behind() == 0);
    }
    assertThat(told).hasSize(1);
    observers.note(journal.append(12));

    awaitTold(12);
    assertThat(offsets()).containsExactly(1L, 12L);
    assertThat(told).hasSize(2);
    assertThat(told.get(1).after()).isEqualTo(told.get(0).upTo()); // nothing is missing between
  }

  @Test
  void waitsForNobodyAndTellsMoreAtATimeAfterwards() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    observer =
        page -> {
          entered.countDown();
          await(released);
        };
    observers.note(journal.append(1));
    await(entered);
    for (long offset = 2; offset <= 1_100; offset++) {
      observers.note(journal.append(offset)); // comes back, or this would never end
    }
    assertThat(observers.behind()).isEqualTo(1_100);
    released.countDown();

    awaitTold(1_100);
    assertThat(offsets()).isEqualTo(LongStream.rangeClosed(1, 1_100).boxed().toList());
    assertThat(told).extracting(page -> page.entries().size()).containsExactly(1, 1_000, 99);
    assertThat(observers.behind()).isZero();
  }

  @Test
  void countsFailuresAndLogsEachKindOnceAndGoesOn() {
    observer = page -> fail(page.upTo().offset());
    for (long offset = 1; offset <= 4; offset++) {
      observers.note(journal.append(offset));
      awaitTold(offset);
    }

    assertThat(offsets()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(observers.failures()).isEqualTo(4);
    assertThat(log.messages()).hasSize(2);
  }

  private static void fail(long offset) {
    if (offset % 2 == 0) {
      throw new NoClassDefFoundError("on purpose");
    }
    throw new IllegalStateException("on purpose");
  }

  @Test
  void outlivesAnInterruptThatAnObserverLeavesBehind() {
    observer = page -> Thread.currentThread().interrupt();
    observers.note(journal.append(1));
    awaitTold(1);
    observers.note(journal.append(2));
    awaitTold(2);

    assertThat(offsets()).containsExactly(1L, 2L);
  }

  @Test
  void readsAgainWhatItCouldNotRead() {
    journal.beforeReading(
        read -> {
          if (read == 1) {
            throw new JournalUnavailableException("on purpose", null);
          } else if (read == 2) {
            throw new OutOfMemoryError("on purpose");
          }
        });
    observers.note(journal.append(1));

    awaitTold(1);
    assertThat(offsets()).containsExactly(1L);
    assertThat(observers.failures()).isZero();
  }

  @Test
  void showsWhatTheJournalNoLongerHas() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    observer =
        page -> {
          entered.countDown();
          await(released);
        };
    observers.note(journal.append(1));
    await(entered);
    observers.note(journal.append(2, 3, 4));
    journal.expire(3);
    released.countDown();

    awaitTold(4);
    assertThat(told).extracting(page -> page.after().offset()).containsExactly(0L, 3L);
    assertThat(offsets()).containsExactly(1L, 4L);
  }

  @Test
  void endsWhenItIsStoppedAndWhenItsThreadIsTakenBack() throws Exception {
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(Await.LIMIT_SECONDS));
    assertThat(thread.isAlive()).isFalse();

    Thread another = new Thread(observers);
    another.start();
    observers.stop();
    another.join(TimeUnit.SECONDS.toMillis(Await.LIMIT_SECONDS));
    assertThat(another.isAlive()).isFalse();
  }

  private void awaitTold(long offset) {
    Await.until(() -> !told.isEmpty() && told.get(told.size() - 1).upTo().offset() == offset);
    Await.until(() -> observers.behind() == 0);
  }

  private List<Long> offsets() {
    return told.stream()
        .flatMap(page -> page.entries().stream())
        .map(JournalEntry::offset)
        .toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
