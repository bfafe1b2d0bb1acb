package dev.trailcast.stream.pump;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

/**
 * Lincheck interleaves the operations in every way it finds, and looks at what is left each time.
 */
public class TurnTest {
  private final Turn turn = new Turn(null, null);
  private final AtomicInteger queue = new AtomicInteger();
  private final AtomicInteger work = new AtomicInteger();
  private final AtomicInteger servers = new AtomicInteger();

  public TurnTest() {
    turn.givenBack(); // as when it begins
    queue.incrementAndGet();
  }

  @Test
  void leavesNobodyWaitingWithoutAPlaceInTheQueueAndHasOnePumpAtATimeServe() {
    new ModelCheckingOptions()
        .iterations(15)
        .invocationsPerIteration(1_000)
        .threads(3)
        .actorsPerThread(3)
        .actorsAfter(0) // another operation would set right what they have left
        .logLevel(LoggingLevel.ERROR)
        .check(TurnTest.class);
  }

  /** Somebody has something for the subscriber. */
  @Operation
  public void wake() {
    work.incrementAndGet();
    if (turn.woken()) {
      queue.incrementAndGet();
    }
  }

  /** A pump comes by, and finds out that there is nothing more. */
  @Operation
  public void serve() {
    if (take()) {
      work.set(0);
      servers.decrementAndGet();
      if (turn.rested()) {
        queue.incrementAndGet();
      }
    }
  }

  /** A pump comes by, and leaves something for the next time. */
  @Operation
  public void serveInPart() {
    if (take()) {
      servers.decrementAndGet();
      turn.givenBack();
      queue.incrementAndGet();
    }
  }

  /** A pump comes by, and the stream is over. */
  @Operation
  public void serveAndEnd() {
    if (take()) {
      servers.decrementAndGet();
      turn.end();
    }
  }

  private boolean take() {
    int waiting = queue.get();
    if (waiting == 0 || !queue.compareAndSet(waiting, waiting - 1) || !turn.taken()) {
      return false;
    }
    if (servers.incrementAndGet() > 1) {
      throw new IllegalStateException("two pumps serve at once");
    }
    return true;
  }

  /** When everybody has finished. */
  @Validate
  public void nothingIsForgotten() {
    if (queue.get() > 1 || (turn.hasEnded() && queue.get() > 0)) {
      throw new IllegalStateException("stands in the queue " + queue + " times");
    }
    if (work.get() > 0 && queue.get() == 0 && !turn.hasEnded()) {
      throw new IllegalStateException("there is something to do, and nobody knows");
    }
  }
}
