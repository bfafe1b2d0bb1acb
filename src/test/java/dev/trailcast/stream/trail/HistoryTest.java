package dev.trailcast.stream.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.TestFrames;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two who wait for the same page, of which the tail has nothing any more. */
class HistoryTest {
  private static final StreamPosition HEAD = TestFrames.START.at(100);

  private final ScriptedJournal journal = new ScriptedJournal();
  private final Tail tail = new Tail(new TailSize(10, 1 << 20), HEAD);
  private final History history = new History(journal, tail);
  private final Thread thread = new Thread(history);
  private final List<Waiter> waiters = new ArrayList<>(List.of(new Waiter(), new Waiter()));

  @BeforeEach
  void letTwoWait() {
    journal.appendAll(1, 100);
    for (Waiter waiter : waiters) {
      assertThat(history.page(0, waiter)).isNull();
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    history.stop();
    thread.join();
  }

  @Test
  void readsAPageOnceForAllWhoWaitForIt() throws Exception {
    thread.start();

    for (Waiter waiter : waiters) {
      HistoryPage page = waiter.page();
      assertThat(page.frames().of(TestFrames.EVERYTHING))
          .extracting(RecordedFrame::offset)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
      assertThat(page.upTo()).isEqualTo(100);
    }
    assertThat(journal.reads()).isOne();
  }

  @Test
  void givesAtOnceWhatWasReadForOthers() throws Exception {
    thread.start();
    HistoryPage read = waiters.get(0).page();

    assertThat(history.page(50, new Waiter())).isSameAs(read);
  }

  @Test
  void keepsNoPageOverAnErasure() throws Exception {
    thread.start();
    waiters.get(0).page();

    Erasure erasure = Erasure.of("alice", HEAD);
    tail.add(List.of(TestFrames.frame(101, erasure.toActivity())));

    assertThat(history.page(50, new Waiter())).isNull();
  }

  @Test
  void givesAPageToAThreadThatWaitsForIt() {
    thread.start();

    assertThat(history.await(0).upTo()).isEqualTo(100);
  }

  @Test
  void readsOnToThePageThatHasTheOffsetForAThreadThatWaits() {
    journal.givePagesOf(10);
    thread.start();

    assertThat(history.await(35).covers(35)).isTrue();
  }

  @Test
  void givesUpAllWhoWaitWhenItIsStopped() throws Exception {
    history.stop();
    waiters.add(new Waiter());
    assertThat(history.page(0, waiters.get(2))).isNull();

    for (Waiter waiter : waiters) {
      assertThat(waiter.told.poll(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("given up");
    }
    assertThat(history.await(0)).isNull();
  }

  @Test
  void keepsNoMorePagesThanAFewMegabytes() throws Exception {
    ScriptedJournal large = new ScriptedJournal();
    large.appendWith("x".repeat(60_000), 1, 2_000);
    large.givePagesOf(50); // 3 MB each
    History other = new History(large, tail);
    Thread reading = new Thread(other);
    reading.start();
    List<WeakReference<HistoryPage>> pages = new ArrayList<>();
    for (long offset = 0; offset < 2_000; offset += 50) {
      pages.add(new WeakReference<>(other.await(offset)));
    }
    other.stop();
    reading.join();

    Await.until(
        "the least lately used to be dropped",
        () -> {
          System.gc();
          return pages.stream().filter(page -> page.get() != null).count() <= 6;
        });
    assertThat(pages.get(39).get()).isNotNull();
    assertThat(other.page(1_999, new Waiter())).isNull(); // it is stopped
  }

  @ParameterizedTest
  @MethodSource
  void tellsAllWhoWaitThatAPageCantBeReadAndReadsOn(Throwable trouble) throws Exception {
    journal.beforeReading(
        read -> {
          if (read == 1) {
            HistoryTest.<RuntimeException>sneak(trouble);
          }
        });
    thread.start();

    for (Waiter waiter : waiters) {
      assertThat(waiter.told.poll(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("given up");
    }
    Waiter next = new Waiter();
    assertThat(history.page(0, next)).isNull();
    assertThat(next.page().upTo()).isEqualTo(100);
  }

  @Test
  void tellsTheOthersWhereOneOfThemFails() throws Exception {
    for (int i = 0; i < 20; i++) { // in whatever order they are told
      history.page(0, new FailingWaiter());
    }
    thread.start();

    for (Waiter waiter : waiters) {
      assertThat(waiter.page().upTo()).isEqualTo(100);
    }
    Waiter next = new Waiter();
    journal.appendAll(101, 200);
    assertThat(history.page(150, next)).isNull();
    assertThat(next.page().upTo()).isEqualTo(200);
  }

  static Stream<Throwable> tellsAllWhoWaitThatAPageCantBeReadAndReadsOn() {
    return Stream.of(
        new JournalUnavailableException("on purpose", null),
        new IllegalStateException("on purpose"),
        new NoClassDefFoundError("on purpose"));
  }

  @SuppressWarnings("unchecked") // whatever it is, it is thrown as it is
  private static <T extends Throwable> void sneak(Throwable trouble) throws T {
    throw (T) trouble;
  }

  private static final class FailingWaiter implements History.Waiting {
    @Override
    public void receive(HistoryPage page) {
      throw new NoClassDefFoundError("on purpose");
    }

    @Override
    public void giveUp() {
      throw new NoClassDefFoundError("on purpose");
    }
  }

  /** Keeps what it is told. */
  private static final class Waiter implements History.Waiting {
    final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

    @Override
    public void receive(HistoryPage page) {
      told.add(page);
    }

    @Override
    public void giveUp() {
      told.add("given up");
    }

    HistoryPage page() throws InterruptedException {
      return (HistoryPage) told.poll(Await.LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }
}
