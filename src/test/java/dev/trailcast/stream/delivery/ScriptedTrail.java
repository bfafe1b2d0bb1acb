package dev.trailcast.stream.delivery;

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
import java.time.Duration;
import java.util.function.LongSupplier;

/** A trail over a journal that does what a test says; its filler stands still until it is begun. */
final class ScriptedTrail {
  final ScriptedJournal journal = new ScriptedJournal();
  final TailFiller filler;
  final Readers readers =
      new Readers(
          new DeliverySettings(
              new DeliverySettings.Wire(
                  Duration.ofSeconds(4), Duration.ofSeconds(2), true, Duration.ofHours(12)),
              new DeliverySettings.Drain(Duration.ofSeconds(5), Duration.ofSeconds(5)),
              new DeliverySettings.ReaderLimits(10, 10, 10)),
          new Sessions());
  final Trail trail;
  private final Thread thread;
  private final Pumps pumps = new Pumps(new PumpCount(2, 2), Thread::new);

  /** Whose lag goes by this clock. */
  ScriptedTrail(LongSupplier nanoTime) {
    Lag lag = new Lag(nanoTime);
    filler = new TailFiller(journal, new TailSize(100, 1 << 20), lag);
    thread = new Thread(filler);
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

  /** Has the filler follow the journal from now on. */
  void begin() {
    thread.start();
  }

  /** A reader from a place on. */
  FakeConnection follow(View view, StreamPosition position) {
    FakeConnection connection = new FakeConnection();
    HttpOutlet outlet =
        new HttpOutlet(
            connection.response(), new HttpOutlet.Options(Format.SSE, false, false, 2000));
    Place here = new Place(position, null);
    try (Seat seat = readers.enter(TestCallers.of("127.0.0.1", null), TestTrail.ASKED)) {
      readers.follow(
          seat, outlet, reader -> new TrailFeed(trail, reader, view, here, outlet, null));
    }
    return connection;
  }

  /** To be called after each test. */
  void end() throws InterruptedException {
    readers.drain(Duration.ofSeconds(5));
    pumps.stop();
    filler.stop();
    thread.interrupt();
    thread.join();
  }
}
