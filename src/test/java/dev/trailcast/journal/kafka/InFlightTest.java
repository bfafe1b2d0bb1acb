package dev.trailcast.journal.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.Receipt.Outcome;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.queue.Append;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private static final JournalUnavailableException AWAY =
      new JournalUnavailableException("the brokers are away", null);

  private final AtomicLong nanoTime = new AtomicLong();
  private final InFlight inFlight = new InFlight(3, 1 << 20, nanoTime::get);

  private static Append append(int size) {
    return Append.of(
        Collections.nCopies(size, EncodedActivity.of(Activity.of("alice", "test.done"))));
  }

  private static Receipt receipt(long offset) {
    return new Receipt(new StreamPosition("topic", offset), Outcome.RECORDED);
  }

  @Test
  void answersOnceAllOfAnAppendHaveComeBackInItsOrder() throws Exception {
    Append first = append(2);
    Append second = append(1);
    assertThat(inFlight.put(first, 0)).contains(0L);
    assertThat(inFlight.put(second, 0)).contains(2L);

    inFlight.returned(1, receipt(8));
    inFlight.returned(2, receipt(9));
    assertThat(first.receipts()).isNotDone();
    assertThat(second.receipts().get()).containsExactly(receipt(9));
    inFlight.returned(0, receipt(7));

    assertThat(first.receipts().get()).containsExactly(receipt(7), receipt(8));
    assertThat(inFlight.size()).isZero();
  }

  @Test
  void hasRoomForNoMoreUntilSomethingComesBack() throws Exception {
    inFlight.put(append(2), 0);
    assertThat(inFlight.put(append(2), 0)).isEmpty();

    CompletableFuture<Object> waiting = new CompletableFuture<>();
    Append next = append(2);
    Thread publisher =
        new Thread(
            () -> {
              try {
                waiting.complete(inFlight.put(next, TimeUnit.MINUTES.toNanos(1)).orElseThrow());
              } catch (Throwable e) {
                waiting.completeExceptionally(e);
              }
            });
    publisher.start();
    inFlight.failed(0, AWAY);

    assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(2L);
  }

  @Test
  void takesWhatIsLargerThanAllItsRoomWhereNothingElseIs() throws Exception {
    Append large = append(5);
    assertThat(inFlight.put(large, 0)).contains(0L);
    assertThat(inFlight.put(append(1), 0)).isEmpty();
    for (int i = 0; i < 5; i++) {
      inFlight.returned(i, receipt(1 + i));
    }

    assertThat(large.receipts()).isCompleted();
    assertThat(inFlight.put(append(1), 0)).contains(5L);
  }

  @Test
  void givesUpAnAppendOfWhichOneHasFailedAndForgetsTheRest() throws Exception {
    Append append = append(3);
    inFlight.put(append, 0);
    inFlight.returned(0, receipt(1));
    inFlight.failed(1, AWAY);
    inFlight.returned(2, receipt(3));
    inFlight.failed(1, AWAY);

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> append.receipts().get())
        .withCause(AWAY);
    assertThat(inFlight.size()).isZero();
    assertThat(inFlight.put(append(3), 0)).isPresent();
  }

  @Test
  void failsAllAndLetsNobodyInUntilItAcceptsAgain() throws Exception {
    Append append = append(2);
    inFlight.put(append, 0);
    inFlight.refuse(AWAY);

    assertThat(append.receipts()).isCompletedExceptionally();
    assertThat(inFlight.size()).isZero();
    assertThat(catchThrowable(() -> inFlight.put(append(1), 0))).isSameAs(AWAY);
    inFlight.accept();
    assertThat(inFlight.put(append(1), 0)).contains(2L);
  }

  @Test
  void givesUpWhatDoesNotComeBackInTime() throws Exception {
    Append old = append(1);
    inFlight.put(old, 0);
    nanoTime.set(10);
    Append young = append(1);
    inFlight.put(young, 0);
    nanoTime.set(19);

    inFlight.giveUpAfter(10, AWAY);

    assertThat(old.receipts()).isCompletedExceptionally();
    assertThat(young.receipts()).isNotDone();
    assertThat(inFlight.size()).isOne();
  }

  @Test
  void tellsNobodyWithTheLockHeld() throws Exception {
    Append append = append(1);
    inFlight.put(append, 0);
    CompletableFuture<Integer> size = new CompletableFuture<>();
    append
        .receipts()
        .whenComplete(
            (receipts, failure) -> {
              Thread other = new Thread(() -> size.complete(inFlight.size()));
              other.start();
              size.orTimeout(30, TimeUnit.SECONDS).join();
            });

    inFlight.returned(0, receipt(1));

    assertThat(size).isCompletedWithValue(0);
  }
}
