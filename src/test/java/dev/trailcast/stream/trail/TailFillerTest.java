package dev.trailcast.stream.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.TestFrames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TailFillerTest {
  private final ScriptedJournal journal = new ScriptedJournal();
  private final AtomicLong now = new AtomicLong();
  private final Lag lag = new Lag(now::get);
  private final TailFiller filler = new TailFiller(journal, new TailSize(1_000, 1 << 20), lag);
  private final Thread thread = new Thread(filler);

  @AfterEach
  void end() throws InterruptedException {
    filler.stop();
    thread.interrupt();
    thread.join();
  }

  @Test
  void fillsTheTailFromTheJournal() {
    journal.append(2, 3, 7);
    filler.fill();

    assertThat(offsets()).containsExactly(2L, 3L, 7L);
    assertThat(head()).isEqualTo(7);
  }

  @Test
  void addsWhatIsAnnouncedAndReadsNothingForTheHolesInIt() {
    filler.fill();
    int reads = journal.reads();
    filler.note(journal.append(5, 9));
    filler.note(journal.append(12));
    thread.start();

    Await.until(() -> head() == 12);
    assertThat(offsets()).containsExactly(5L, 9L, 12L);
    assertThat(journal.reads()).isEqualTo(reads);
  }

  @Test
  void movesTheHeadOverWhatHasNoEntry() {
    filler.fill();
    filler.note(journal.append(1));
    filler.note(journal.skipTo(7));
    thread.start();

    Await.until(() -> head() == 7);
    assertThat(offsets()).containsExactly(1L);
  }

  @Test
  void passesOnACanaryWithoutKeepingIt() {
    filler.fill();
    List<String> passed = new CopyOnWriteArrayList<>();
    filler.filled().join().onCanary(canary -> passed.add(canary.activity().id()));
    filler.note(journal.append(1));
    JournalPage alone = canaryAt(1, 1); // in a journal that gives it no place
    filler.note(alone);
    journal.skipTo(5);
    JournalPage placed = canaryAt(1, 5); // of a topic
    filler.note(placed);
    filler.note(journal.append(6));
    thread.start();

    Await.until(() -> head() == 6);
    assertThat(offsets()).containsExactly(1L, 6L);
    assertThat(passed)
        .containsExactly(
            alone.entries().get(0).activity().id(), placed.entries().get(0).activity().id());
  }

  private JournalPage canaryAt(long after, long offset) {
    StreamPosition head = journal.extent().head();
    JournalEntry canary =
        new JournalEntry(
            head.at(offset), Instant.EPOCH, EncodedActivity.of(Activity.of(null, Activity.CANARY)));
    return new JournalPage(head.at(after), List.of(canary), head.at(offset));
  }

  @Test
  void readsWhatLiesBeforeAnAnnouncement() {
    filler.fill();
    journal.append(1, 2);
    filler.note(journal.append(3));
    thread.start();

    Await.until(() -> head() == 3);
    assertThat(offsets()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void takesNothingTwice() {
    JournalPage first = journal.append(1, 2);
    JournalPage second = journal.append(3);
    filler.fill();
    filler.note(first);
    filler.note(second);
    filler.note(journal.append(4));
    thread.start();

    Await.until(() -> head() == 4);
    assertThat(offsets()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void takesOnlyWhatIsNewOfAnAnnouncementThatItHasReadAPartOf() {
    journal.append(1, 2);
    filler.fill();
    journal.append(3);
    filler.note(journal.read(1, 10)); // 2 and 3
    thread.start();

    Await.until(() -> head() == 3);
    assertThat(offsets()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void readsTheJournalWhereItMissedAnnouncements() {
    filler.fill();
    int looks = journal.looks();
    List<Integer> looksBefore = new CopyOnWriteArrayList<>();
    journal.beforeReading(read -> looksBefore.add(journal.looks()));
    for (long offset = 1; offset <= 100; offset++) { // more than may wait
      filler.note(journal.append(offset));
    }
    thread.start();

    Await.until(() -> head() == 100);
    assertThat(looksBefore.get(0))
        .as("it knows, and looks only whether it is the same history")
        .isEqualTo(looks + 1);
    assertThat(offsets()).isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
  }

  @Test
  void beginsAnewWhereTheJournalNoLongerHasWhatWouldComeNext() {
    journal.append(1, 2, 3);
    filler.fill();
    journal.appendAll(4, 10);
    journal.expire(8);
    filler.note(journal.append(11));
    thread.start();

    Await.until(() -> head() == 11);
    assertThat(offsets()).containsExactly(9L, 10L, 11L);
    assertThat(tail().page(3)).as("what is missing is not passed over in silence").isNull();
    assertThat(tail().page(8)).isNotNull();
  }

  @Test
  void beginsAnewWhereTheJournalHasBegunAnotherHistory() {
    filler.fill();
    filler.note(journal.append(1, 2, 3));
    filler.note(journal.append(4)); // what waits is of the one before
    journal.beginAnew(new StreamPosition("another", 0));
    filler.note(journal.append(1, 2));
    thread.start();

    Await.until(() -> head() == 2);
    assertThat(tail().recorded())
        .extracting(RecordedFrame::position)
        .containsExactly(new StreamPosition("another", 1), new StreamPosition("another", 2));
    assertThat(tail().history()).isEqualTo(1);
    assertThat(tail().knows(new StreamPosition("another", 2))).isTrue();
    assertThat(tail().knows(TestFrames.START)).isFalse();
  }

  @Test
  void fillsItOnceTheJournalCanBeRead() {
    journal.append(1);
    journal.beforeReading(TailFillerTest::failTheFirstTime);
    assertThatThrownBy(filler::fill).isInstanceOf(JournalUnavailableException.class);
    assertThat(filler.filled()).isNotDone();
    thread.start();

    Await.until(() -> filler.filled().isDone());
    assertThat(offsets()).containsExactly(1L);
  }

  @Test
  void readsAnewWhatItCouldNotRead() {
    filler.fill();
    int reads = journal.reads();
    journal.beforeReading(read -> failTheFirstTime(read - reads));
    journal.append(1);
    filler.note(journal.append(2));
    thread.start();

    Await.until(() -> head() == 2);
    assertThat(offsets()).containsExactly(1L, 2L);
  }

  @Test
  void outlivesAnErrorWhileItReads() {
    filler.fill();
    int reads = journal.reads();
    journal.beforeReading(
        read -> {
          if (read == reads + 1) {
            throw new OutOfMemoryError("on purpose");
          }
        });
    journal.append(1);
    filler.note(journal.append(2));
    thread.start();

    Await.until(() -> head() == 2);
    assertThat(offsets()).containsExactly(1L, 2L);
    assertThat(thread.isAlive()).isTrue();
  }

  @Test
  void repeatsNothingAndLosesNothingWhereAnErrorCameBetweenTwoChannels() {
    filler.fill();
    List<Long> told = new CopyOnWriteArrayList<>();
    Cursor reader = tail().join(() -> {}, TestFrames.EVERYTHING, 0);
    tail()
        .count(
            () -> {},
            TestFrames.ofActor("alice"),
            recorded -> {
              told.add(recorded);
              if (told.size() == 1) {
                throw new NoClassDefFoundError("on purpose");
              }
            });
    filler.note(journal.append(1, 2));
    thread.start();

    Await.until(() -> head() == 2);
    assertThat(offsets()).containsExactly(1L, 2L);
    Frame[] read = new Frame[10];
    assertThat(tail().read(reader, read, 1 << 20)).isEqualTo(2);
    assertThat(read).startsWith(tail().recorded().toArray(new Frame[0]));
  }

  @Test
  void findsWhatNobodyAnnounced() {
    filler.fill();
    journal.append(1, 2);
    thread.start();

    Await.until(() -> head() == 2);
    assertThat(offsets()).containsExactly(1L, 2L);
    assertThat(lag.time()).isZero();
  }

  @Test
  void saysForHowLongItHasBeenBehind() throws Exception {
    filler.fill();
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    journal.beforeReading(
        read -> {
          entered.countDown();
          await(released);
        });
    journal.append(1);
    filler.note(journal.append(2));
    thread.start();
    await(entered);
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(lag.time()).isEqualTo(Duration.ofSeconds(3));

    released.countDown();
    Await.until(() -> lag.isAllowed());
    assertThat(head()).isEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void failTheFirstTime(int read) {
    if (read == 1) {
      throw new JournalUnavailableException("on purpose", null);
    }
  }

  private Tail tail() {
    return filler.filled().join();
  }

  private long head() {
    return tail().head().offset();
  }

  private List<Long> offsets() {
    return tail().recorded().stream().map(RecordedFrame::offset).toList();
  }
}
