package dev.trailcast.journal.queue;

import static dev.trailcast.journal.TestEntries.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.journal.JournalFullException;
import dev.trailcast.journal.JournalUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AppendQueueTest {
  private static final Duration LONG = Duration.ofDays(1);

  private final AppendQueue queue = new AppendQueue(10, 10_000);
  private final List<Thread> waiters = new ArrayList<>();

  @AfterEach
  void end() throws Exception {
    waiters.forEach(Thread::interrupt);
    FutureTask<Boolean> other = new FutureTask<>(queue::isFinished);
    start(other);
    assertThat(result(other)).as("nobody holds its lock").isNotNull();
  }

  @Test
  void letsNothingInBeforeItAccepts() {
    assertThat(queue.refusal()).contains("the journal has not been opened yet");
    assertThatThrownBy(() -> queue.add(Append.of(numbered(1, 1))))
        .isInstanceOf(JournalUnavailableException.class)
        .hasMessage("the journal has not been opened yet");
  }

  @Test
  void turnsOutWhatWaitsWhereItRefusesAndAcceptsAgain() throws Exception {
    queue.accept();
    Append waiting = Append.of(numbered(1, 1));
    queue.add(waiting);
    queue.refuse("the disk is full", null);

    assertThat(waiting.receipts()).isCompletedExceptionally();
    assertThat(queue.refusal()).contains("the disk is full");
    queue.accept();
    assertThat(queue.refusal()).isEmpty();
    queue.add(Append.of(numbered(2, 2)));
    assertThat(queue.take(Duration.ZERO)).hasSize(1);
  }

  @Test
  void givesWhatWaitsAfterItIsClosedButStaysClosed() throws Exception {
    queue.accept();
    queue.add(Append.of(numbered(1, 1)));
    queue.close();
    queue.accept();

    assertThatThrownBy(() -> queue.add(Append.of(numbered(2, 2))))
        .hasMessage("the journal is closed");
    assertThat(queue.isFinished()).isFalse();
    assertThat(queue.take(Duration.ofDays(1))).hasSize(1);
    assertThat(queue.isFinished()).isTrue();
    queue.refuse("the disk is full", null);
    assertThat(queue.refusal()).contains("the journal is closed");
  }

  @Test
  void holdsAsManyActivitiesAsItMayAndNoMore() throws Exception {
    queue.accept();
    queue.add(Append.of(numbered(1, 6)));
    queue.add(Append.of(numbered(7, 10)));

    assertThat(queue.size()).isEqualTo(10);
    assertThatThrownBy(() -> queue.add(Append.of(numbered(11, 11))))
        .isInstanceOf(JournalFullException.class)
        .hasMessageContaining("10 activities");
    queue.add(Append.of(List.of())); // takes no room
    assertThat(queue.take(Duration.ZERO)).hasSize(3);
  }

  @Test
  void holdsAsManyBytesAsItMayAndNoMore() throws Exception {
    queue.accept();
    queue.add(ofBytes(6_000));
    queue.add(ofBytes(4_000));

    assertThatThrownBy(() -> queue.add(ofBytes(1)))
        .isInstanceOf(JournalFullException.class)
        .hasMessageContaining("10000 bytes");
    assertThat(queue.take(Duration.ZERO)).hasSize(2);
  }

  @Test
  void hasRoomAgainForWhatWasTaken() throws Exception {
    queue.accept();
    for (int round = 0; round < 3; round++) {
      fill();
      assertThat(queue.take(Duration.ZERO)).hasSize(2);
      assertThat(queue.size()).isZero();
    }
  }

  @Test
  void hasRoomAgainForWhatWasTurnedOut() {
    queue.accept();
    for (int round = 0; round < 3; round++) {
      fill();
      queue.turnOut("on purpose", null);
      assertThat(queue.size()).isZero();
    }
  }

  /** To the last activity and the last byte. */
  private void fill() {
    queue.add(new Append(numbered(1, 9), 9_999, new CompletableFuture<>()));
    queue.add(new Append(numbered(10, 10), 1, new CompletableFuture<>()));
    for (Append more :
        List.of(
            new Append(numbered(11, 11), 0, new CompletableFuture<>()),
            new Append(List.of(), 1, new CompletableFuture<>()))) {
      assertThatThrownBy(() -> queue.add(more)).isInstanceOf(JournalFullException.class);
    }
  }

  @Test
  void letsInWhatIsLargerThanItselfWhereNothingElseWaits() throws Exception {
    queue.accept();
    Append large = new Append(numbered(1, 11), 10_001, new CompletableFuture<>());
    queue.add(large);

    assertThatThrownBy(() -> queue.add(large)).isInstanceOf(JournalFullException.class);
    assertThat(queue.take(Duration.ZERO)).containsExactly(large);
  }

  @Test
  void givesAThousandActivitiesAtATimeAtMost() throws Exception {
    AppendQueue large = new AppendQueue(10_000, 1 << 30);
    large.accept();
    Append first = Append.of(numbered(1, 600));
    Append second = Append.of(numbered(601, 1_000));
    Append third = Append.of(numbered(1_001, 1_001));
    Append fourth = Append.of(numbered(1, 1_000));
    List.of(first, second, third, fourth).forEach(large::add);

    assertThat(large.take(Duration.ZERO)).containsExactly(first, second);
    assertThat(large.take(Duration.ZERO)).containsExactly(third);
    assertThat(large.take(Duration.ZERO)).containsExactly(fourth);
  }

  @Test
  void givesAMegabyteAtATimeAtMost() throws Exception {
    AppendQueue large = new AppendQueue(10_000, 1 << 30);
    large.accept();
    Append first = ofBytes(1_000_000);
    Append second = ofBytes((1 << 20) - 1_000_000);
    Append third = ofBytes(1);
    Append fourth = ofBytes(1 << 20);
    List.of(first, second, third, fourth).forEach(large::add);

    assertThat(large.take(Duration.ZERO)).containsExactly(first, second);
    assertThat(large.take(Duration.ZERO)).containsExactly(third);
    assertThat(large.take(Duration.ZERO)).containsExactly(fourth);
  }

  @Test
  void givesWhatIsLargerThanACommitByItself() throws Exception {
    AppendQueue large = new AppendQueue(10_000, 1 << 30);
    large.accept();
    Append first = ofBytes(2 << 20);
    Append second = ofBytes(1);
    List.of(first, second).forEach(large::add);

    assertThat(large.take(Duration.ZERO)).containsExactly(first);
    assertThat(large.take(Duration.ZERO)).containsExactly(second);
  }

  @Test
  void givesNothingAfterAWhileWhereNothingComes() throws Exception {
    queue.accept();

    FutureTask<List<Append>> taken = new FutureTask<>(() -> queue.take(Duration.ofMillis(1)));
    start(taken);

    assertThat(result(taken)).isEmpty();
  }

  @Test
  void wakesWhoWaitsForWhatIsAdded() throws Exception {
    queue.accept();
    FutureTask<List<Append>> taken = waiting(() -> queue.take(LONG));
    Append append = Append.of(numbered(1, 1));

    queue.add(append);

    assertThat(result(taken)).containsExactly(append);
  }

  @Test
  void wakesWhoWaitsForMoreWhereItIsClosed() throws Exception {
    queue.accept();
    FutureTask<List<Append>> taken = waiting(() -> queue.take(LONG));

    queue.close();

    assertThat(result(taken)).isEmpty();
  }

  @Test
  void wakesWhoWaitsForItsEndWhereItIsClosed() throws Exception {
    FutureTask<Boolean> awaited = waiting(() -> awaitClose(LONG));

    queue.close();

    assertThat(result(awaited)).isTrue();
  }

  @Test
  void letsGoWhoHasWaitedForItsEndLongEnough() throws Exception {
    FutureTask<Boolean> awaited = new FutureTask<>(() -> awaitClose(Duration.ofMillis(1)));
    start(awaited);

    assertThat(result(awaited)).isFalse();
  }

  /** Whether it was closed. */
  private boolean awaitClose(Duration patience) throws InterruptedException {
    queue.awaitClose(patience);
    return queue.refusal().filter("the journal is closed"::equals).isPresent();
  }

  private static Append ofBytes(long bytes) {
    return new Append(numbered(1, 1), bytes, new CompletableFuture<>());
  }

  /** Comes back when another thread waits for the queue. */
  private <T> FutureTask<T> waiting(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = start(task);
    Await.until(() -> thread.getState() == Thread.State.TIMED_WAITING || task.isDone());
    assertThat(task).as("it waits").isNotDone();
    return task;
  }

  private Thread start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true); // one that waits in vain is to fail one test only
    waiters.add(thread);
    thread.start();
    return thread;
  }

  private static <T> T result(FutureTask<T> task) throws Exception {
    try {
      return task.get(Await.LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("it waits in vain", e);
    }
  }
}
