package dev.trailcast.journal.kafka;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.Receipt.Outcome;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.queue.Append;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

/**
 * Lincheck interleaves the one that sends, the one that copies and Kafka's own thread in every way
 * it finds: each result has to be one that there could have been if they had come one after the
 * other.
 */
public class InFlightConcurrencyTest {
  private static final EncodedActivity ACTIVITY =
      EncodedActivity.of(Activity.of("alice", "test.done"));
  private static final List<EncodedActivity> TWO = List.of(ACTIVITY, ACTIVITY);
  private static final JournalUnavailableException AWAY =
      new JournalUnavailableException("the brokers are away", null);
  private static final Receipt RECEIPT =
      new Receipt(new StreamPosition("topic", 1), Outcome.RECORDED);

  private final InFlight inFlight = new InFlight(3, 1 << 20, () -> 0);
  private final List<Append> appends = new ArrayList<>(); // only the one that sends
  private long returned;
  private long failed;

  @Test
  void answersEachAppendOnceAndFreesItsRoom() {
    new ModelCheckingOptions()
        .iterations(1) // at random
        .invocationsPerIteration(100)
        .threads(3)
        .actorsPerThread(2)
        .addCustomScenario(
            scenario(
                List.of("put"),
                List.of(List.of("returned", "returned"), List.of("failed"), List.of("put")),
                List.of("size")))
        .addCustomScenario(
            scenario(
                List.of("put"),
                List.of(List.of("refuse"), List.of("put"), List.of("failed")),
                List.of("put", "size")))
        .logLevel(LoggingLevel.ERROR)
        .check(InFlightConcurrencyTest.class);
  }

  /** One that chance seldom finds: what comes first, at once, and last. */
  private static ExecutionScenario scenario(
      List<String> before, List<List<String>> atOnce, List<String> after) {
    return new ExecutionScenario(
        actors(before),
        atOnce.stream().map(InFlightConcurrencyTest::actors).toList(),
        actors(after),
        actor("hasRoomForAllButThoseWhoWait"));
  }

  private static List<Actor> actors(List<String> operations) {
    return operations.stream().map(InFlightConcurrencyTest::actor).toList();
  }

  private static Actor actor(String operation) {
    try {
      return new Actor(InFlightConcurrencyTest.class.getMethod(operation), List.of());
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Operation(nonParallelGroup = "sends")
  public String put() throws InterruptedException {
    Append append = new Append(TWO, 2, new CompletableFuture<>());
    try {
      Optional<Long> first = inFlight.put(append, 0);
      if (first.isPresent()) {
        appends.add(append);
      }
      return first.toString();
    } catch (JournalUnavailableException e) {
      return "refused";
    }
  }

  @Operation(nonParallelGroup = "copies")
  public void returned() {
    inFlight.returned(returned++, RECEIPT);
  }

  @Operation(nonParallelGroup = "copies")
  public void refuse() {
    inFlight.refuse(AWAY);
  }

  @Operation(nonParallelGroup = "copies")
  public void accept() {
    inFlight.accept();
  }

  @Operation(nonParallelGroup = "fails")
  public void failed() {
    inFlight.failed(failed++, AWAY);
  }

  @Operation
  public int size() {
    return inFlight.size();
  }

  /** Whoever is not answered takes room, and nobody else. */
  @Validate
  public void hasRoomForAllButThoseWhoWait() {
    int waiting = 2 * (int) appends.stream().filter(append -> !append.receipts().isDone()).count();
    if (inFlight.size() != waiting) {
      throw new IllegalStateException(waiting + " wait, not " + inFlight.size());
    }
  }
}
