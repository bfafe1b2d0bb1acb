package dev.trailcast.journal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.queue.Append;
import dev.trailcast.journal.queue.AppendQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where there is no broker, so that the client holds up each record for a second. */
class PublisherTest {
  private static final JournalUnavailableException AWAY =
      new JournalUnavailableException("the brokers are away", null);
  private static final KafkaSettings NOWHERE =
      new KafkaSettings(
          List.of("127.0.0.1:1"), "trail", false, ContentMode.STRUCTURED, 1_000, Map.of());

  private final AppendQueue queue = new AppendQueue(1_000, 1 << 20);
  private final InFlight inFlight = new InFlight(100, 1 << 20, System::nanoTime);
  private final Publisher publisher =
      new Publisher(
          NOWHERE,
          "node-a",
          queue,
          inFlight,
          new Watch(NOWHERE, "node-a", System::nanoTime),
          () -> "topic");
  private final Thread thread = new Thread(publisher);
  private final List<Append> appends = new ArrayList<>();

  @BeforeEach
  void open() {
    queue.accept();
  }

  @AfterEach
  void end() throws InterruptedException {
    queue.close();
    inFlight.refuse(AWAY);
    thread.join(TimeUnit.SECONDS.toMillis(Await.LIMIT_SECONDS));
    assertThat(thread.isAlive()).isFalse();
  }

  private void add(int count, int size) {
    EncodedActivity activity = EncodedActivity.of(Activity.of("alice", "test.done"));
    for (int i = 0; i < count; i++) {
      Append append = Append.of(Collections.nCopies(size, activity));
      appends.add(append);
      queue.add(append);
    }
  }

  private void awaitAllFailed() {
    CompletableFuture<?>[] all =
        appends.stream().map(Append::receipts).toArray(CompletableFuture<?>[]::new);
    assertThat(CompletableFuture.allOf(all)).failsWithin(Await.LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(appends).allMatch(append -> append.receipts().isCompletedExceptionally());
  }

  @Test
  void failsAllThatItHasTakenOnceTheDoorIsShut() {
    add(200, 1);
    thread.start();
    Await.until(() -> inFlight.size() == 1); // the rest is neither here nor there

    inFlight.refuse(AWAY);

    awaitAllFailed();
  }

  @Test
  void doesNotTryTheRestOfAnAppendOfWhichOneHasFailed() {
    add(1, 100);
    thread.start();
    awaitAllFailed();
    add(1, 1); // it goes on with that soon

    awaitAllFailed();
  }

  @Test
  void answersAllThatItHasTakenThoughItIsInterrupted() {
    add(1, 100);
    add(20, 1); // there is no room for them
    thread.start();
    Await.until(() -> inFlight.size() == 100);
    thread.interrupt();
    Await.until(queue::isFinished);

    inFlight.refuse(AWAY);

    awaitAllFailed();
  }
}
