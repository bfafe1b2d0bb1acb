package dev.trailcast.stream.delivery;

import dev.trailcast.activity.View;
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
import dev.trailcast.stream.wire.ControlEvent;
import dev.trailcast.stream.wire.FakeConnection;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.HttpOutlet;
import dev.trailcast.stream.wire.SseClient;
import dev.trailcast.stream.wire.TestFrames;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether readers are told the truth about being live, on a trail whose filler stands still. */
class LiveTest {
  private static final View NOTHING = TestFrames.ofActor("nobody");
  private static final String LIVE = "{\"live\":true}";
  private static final String NOT_LIVE = "{\"live\":false}";

  private final ScriptedJournal journal = new ScriptedJournal();
  private final AtomicLong now = new AtomicLong();
  private final Lag lag = new Lag(now::get);
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
  void takesItBackWhereTheTailStandsStillAndSaysItAgainWhereItFollows() {
    FakeConnection reader = follow(TestFrames.EVERYTHING);
    FakeConnection silent = follow(NOTHING);
    awaitLive(reader, LIVE);
    awaitLive(silent, LIVE);

    beat(silent, 1);
    filler.note(journal.append(1));
    now.addAndGet(Lag.ALLOWED.toNanos() + 1);
    beatAll();
    awaitLive(reader, LIVE, NOT_LIVE);
    awaitLive(silent, LIVE, NOT_LIVE);
    beat(silent, 2);
    awaitLive(silent, LIVE, NOT_LIVE); // said once

    thread.start();
    reader.await("what has come", client -> client.activities().size() == 1);
    awaitLive(reader, LIVE, NOT_LIVE, LIVE);
    beatAll();
    awaitLive(silent, LIVE, NOT_LIVE, LIVE);
  }

  @Test
  void doesNotSayItToWhoComesMeanwhile() {
    filler.note(journal.append(1));
    now.addAndGet(Lag.ALLOWED.toNanos() + 1);
    FakeConnection reader = follow(TestFrames.EVERYTHING);
    awaitLive(reader, NOT_LIVE);

    thread.start();
    reader.await("what has come", client -> client.activities().size() == 1);
    awaitLive(reader, NOT_LIVE, LIVE);
  }

  private FakeConnection follow(View view) {
    FakeConnection connection = new FakeConnection();
    HttpOutlet outlet =
        new HttpOutlet(
            connection.response(), new HttpOutlet.Options(Format.SSE, false, false, 2000));
    Place here = new Place(trail.tail().head(), null);
    try (Seat seat = readers.enter(TestCallers.of("127.0.0.1", null), TestTrail.ASKED)) {
      readers.follow(
          seat, outlet, reader -> new TrailFeed(trail, reader, view, here, outlet, null));
    }
    return connection;
  }

  /** A heartbeat that has nothing to say, the first, second and so on. */
  private void beat(FakeConnection reader, int number) {
    beatAll();
    reader.await("it", client -> reader.text().split(":hb\n", -1).length == 2 + number);
  }

  private void beatAll() {
    readers.subscribers().forEach(each -> each.beat(System.nanoTime(), -1));
  }

  private static void awaitLive(FakeConnection reader, String... said) {
    reader.await(String.join(", ", said), client -> said(client).equals(List.of(said)));
  }

  private static List<String> said(SseClient client) {
    return client.controls(ControlEvent.POSITION).stream().map(SseClient.Event::data).toList();
  }
}
