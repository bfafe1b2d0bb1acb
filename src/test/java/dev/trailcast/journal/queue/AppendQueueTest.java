package dev.trailcast.journal.queue;

import static dev.trailcast.journal.TestEntries.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.journal.JournalUnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Its door; how much it holds and gives at a time is tested with the journal around it. */
class AppendQueueTest {
  private final AppendQueue queue = new AppendQueue(10, 10_000);

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
}
