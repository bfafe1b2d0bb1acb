package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.activity.View;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.security.Sessions;
import dev.trailcast.security.TestCallers;
import dev.trailcast.stream.pump.PumpCount;
import dev.trailcast.stream.pump.Pumps;
import dev.trailcast.stream.search.SearchLimits;
import dev.trailcast.stream.search.Searches;
import dev.trailcast.stream.trail.History;
import dev.trailcast.stream.trail.Lag;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.trail.ScriptedJournal;
import dev.trailcast.stream.trail.TailFiller;
import dev.trailcast.stream.trail.TailSize;
import dev.trailcast.stream.trail.Trail;
import dev.trailcast.stream.wire.Compression;
import dev.trailcast.stream.wire.FakeConnection;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.HttpOutlet;
import dev.trailcast.stream.wire.SseClient;
import dev.trailcast.stream.wire.TestFrames;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What readers get whose positions another node has given, and where these are void. */
class HistoriesTest {
  private final ScriptedJournal journal = new ScriptedJournal();
  private final Lag lag = new Lag(System::nanoTime);
  private final TailFiller filler = new TailFiller(journal, new TailSize(100, 1 << 20), lag);
  private final Thread thread = new Thread(filler);
  private final Pumps pumps = new Pumps(new PumpCount(2, 2), Thread::new);
  private final Readers readers =
      new Readers(
          new DeliverySettings(
              new DeliverySettings.Wire(
                  Duration.ofSeconds(4), Duration.ofSeconds(2), true, Duration.ofHours(12)),
              new DeliverySettings.Drain(Duration.ofSeconds(5), Duration.ofSeconds(5)),
              new DeliverySettings.ReaderLimits(10, 10, 10)),
          new Sessions());
  private Trail trail;

  @BeforeEach
  void fill() {
    filler.fill();
    pumps.start();
    trail =
        new Trail(
            filler.filled().join(),
            new History(journal, filler.filled().join()),
            new Searches(
                new SearchLimits(1, 1, 1, Duration.ofSeconds(1)), connection -> false, Thread::new),
            lag,
            new Compression());
    readers.open(trail, pumps);
  }

  @AfterEach
  void end() throws Exception {
    readers.drain(Duration.ofSeconds(5));
    pumps.stop();
    filler.stop();
    thread.interrupt();
    thread.join();
  }

  @Test
  void endsAStreamWhereTheJournalBeginsAnotherHistory() {
    FakeConnection reader = follow(trail.tail().head());
    thread.start();
    filler.note(journal.append(1));
    reader.await("what is live", client -> client.activities().size() == 1);

    journal.beginAnew(new StreamPosition("another", 0));
    filler.note(journal.append(1));

    reader.await("the end, and nothing before it", HistoriesTest::isEndedAfterOne);
  }

  @Test
  void endsAStreamWhosePlaceWasFoundInTheHistoryBefore() {
    StreamPosition before = trail.tail().head();
    journal.beginAnew(new StreamPosition("another", 0));
    thread.start();
    Await.until(() -> trail.tail().history() == 1);

    FakeConnection reader = follow(before);

    reader.await("the end", HistoriesTest::isEnded);
  }

  @Test
  void givesWhoIsAheadOnlyWhatItHasNotHad() {
    journal.mayComeTo(5);
    StreamPosition ahead = trail.tail().head().at(3);
    FakeConnection reader = follow(ahead);
    thread.start();

    filler.note(journal.append(1, 2));
    filler.note(journal.append(3, 4, 5));

    reader.await("what is new", client -> client.activities().size() == 2);
    assertThat(reader.text()).contains("id: " + ahead.at(4), "id: " + ahead.at(5));
    assertThat(reader.text()).contains("}\nid: " + ahead + "\n\n");
  }

  private FakeConnection follow(StreamPosition position) {
    FakeConnection connection = new FakeConnection();
    HttpOutlet outlet =
        new HttpOutlet(
            connection.response(), new HttpOutlet.Options(Format.SSE, false, false, 2000));
    Place here = new Place(position, null);
    View view = TestFrames.EVERYTHING;
    try (Seat seat = readers.enter(TestCallers.of("127.0.0.1", null), TestTrail.ASKED)) {
      readers.follow(
          seat, outlet, reader -> new TrailFeed(trail, reader, view, here, outlet, null));
    }
    return connection;
  }

  private static boolean isEndedAfterOne(SseClient client) {
    return client.activities().size() == 1 && isEnded(client);
  }

  private static boolean isEnded(SseClient client) {
    return client.events().stream()
        .anyMatch(
            event ->
                event.name().equals("trailcast.closing") && event.data().contains("unavailable"));
  }
}
