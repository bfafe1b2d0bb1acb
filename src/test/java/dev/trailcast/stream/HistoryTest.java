package dev.trailcast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two readers that wait for the same page, of which the tail has nothing any more. */
class HistoryTest {
  private static final StreamPosition HEAD = TestFrames.START.at(100);

  private final ScriptedJournal journal = new ScriptedJournal();
  private final Tail tail = new Tail(new StreamSettings.TailSize(10, 1 << 20), HEAD);
  private final History history = new History(journal, tail);
  private final Pumps pumps = new Pumps(new StreamSettings.PumpCount(2, 2), Thread::new);
  private final Thread thread = new Thread(history);
  private final List<FakeConnection> connections = new ArrayList<>();

  @BeforeEach
  void letTwoWait() {
    journal.appendAll(1, 100);
    Trail trail =
        new Trail(
            tail,
            history,
            pumps,
            new Compression(),
            new RetryDelay(Duration.ofSeconds(2), Duration.ofSeconds(2)));
    for (int i = 0; i < 2; i++) {
      FakeConnection connection = new FakeConnection();
      connections.add(connection);
      Subscriber reader =
          new Subscriber(
              trail,
              TestTrail.EVERYTHING,
              new Place(TestFrames.START, null),
              new SseOutlet(
                  connection.response(), new SseOutlet.Options(false, false), false, 2_000),
              (ended, reason, cause) -> {});
      reader.start();
      reader.serve(new WriteBuffer(), new Frame[10], System.nanoTime());
    }
  }

  @AfterEach
  void end() throws InterruptedException {
    history.stop();
    pumps.stop();
    thread.join();
  }

  @Test
  void readsAPageOnceForAllWhoWaitForIt() {
    serve();

    for (FakeConnection connection : connections) {
      connection.await("all", client -> client.activities().size() == 100);
      connection.await(
          "each once, in order",
          client ->
              client.activities().stream()
                  .map(SseClient.Event::lastEventId)
                  .toList()
                  .equals(
                      LongStream.rangeClosed(1, 100)
                          .mapToObj(offset -> HEAD.at(offset).toString())
                          .toList()));
    }
    assertThat(journal.reads()).isOne();
  }

  @ParameterizedTest
  @MethodSource
  void endsAllWhoWaitForAPageThatCantBeRead(Throwable trouble) {
    journal.beforeReading(read -> HistoryTest.<RuntimeException>sneak(trouble));
    serve();

    for (FakeConnection connection : connections) {
      connection.awaitEnd();
      assertThat(connection.text()).contains("trailcast.closing", "\"reason\":\"unavailable\"");
    }
  }

  static Stream<Throwable> endsAllWhoWaitForAPageThatCantBeRead() {
    return Stream.of(
        new JournalUnavailableException("on purpose", null),
        new IllegalStateException("on purpose"),
        new NoClassDefFoundError("on purpose"));
  }

  @SuppressWarnings("unchecked") // whatever it is, it is thrown as it is
  private static <T extends Throwable> void sneak(Throwable trouble) throws T {
    throw (T) trouble;
  }

  private void serve() {
    thread.start();
    pumps.start();
  }
}
