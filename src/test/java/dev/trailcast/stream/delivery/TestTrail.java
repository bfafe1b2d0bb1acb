package dev.trailcast.stream.delivery;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.View;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.embedded.EmbeddedJournal;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.writer.JournalSettings;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Sessions;
import dev.trailcast.security.TestCallers;
import dev.trailcast.stream.pump.PumpCount;
import dev.trailcast.stream.pump.Pumps;
import dev.trailcast.stream.search.Search;
import dev.trailcast.stream.search.SearchLimits;
import dev.trailcast.stream.search.Searches;
import dev.trailcast.stream.trail.History;
import dev.trailcast.stream.trail.Lag;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.trail.TailFiller;
import dev.trailcast.stream.trail.TailSize;
import dev.trailcast.stream.trail.Trail;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.Compression;
import dev.trailcast.stream.wire.Connection;
import dev.trailcast.stream.wire.FakeConnection;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.HttpOutlet;
import dev.trailcast.stream.wire.TestFrames;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A whole trail without a server: a real journal in a directory, and the threads that serve. */
public final class TestTrail implements AutoCloseable {
  public static final View EVERYTHING = TestFrames.EVERYTHING;

  /** What a reader has come for where that is of no matter. */
  public static final Asked ASKED = new Asked(Asked.Door.EVENTS, ActivityFilter.ALL);

  private static final Caller ANYBODY = TestCallers.of("127.0.0.1", null);
  private static final Retention A_LOT = new Retention(Duration.ofDays(1), 1_000_000, 1L << 30);

  public static final DeliverySettings SETTINGS =
      new DeliverySettings(
          new DeliverySettings.Wire(
              Duration.ofSeconds(4), Duration.ofSeconds(2), true, Duration.ofHours(12)),
          new DeliverySettings.Drain(Duration.ofSeconds(5), Duration.ofSeconds(5)),
          new DeliverySettings.ReaderLimits(100, 100, 100));

  private static final SearchLimits LIMITS =
      new SearchLimits(1, 10, 1_000_000, Duration.ofSeconds(10));

  public final EmbeddedJournal journal;
  public final JournalReader reader;
  public final Trail trail;
  final Pumps pumps;
  public final Readers readers;
  private final TailFiller filler;
  private final Tail tail;
  private final Searches searches;
  private final List<Thread> threads = new ArrayList<>();

  public TestTrail(Path directory, int tailEntries) throws Exception {
    this(directory, tailEntries, A_LOT);
  }

  public TestTrail(Path directory, int tailEntries, Retention retention) throws Exception {
    this(directory, tailEntries, retention, new Pumps(new PumpCount(2, 20), Thread::new));
    pumps.start();
  }

  /** One whose pumps are still to be started. */
  TestTrail(Path directory, int tailEntries, Pumps pumps) throws Exception {
    this(directory, tailEntries, A_LOT, pumps);
  }

  private TestTrail(Path directory, int tailEntries, Retention retention, Pumps pumps)
      throws Exception {
    this.pumps = pumps;
    TailFiller[] noting = new TailFiller[1];
    journal =
        new EmbeddedJournal(
            new JournalSettings(directory, retention, 100_000, 1 << 26),
            Thread::new,
            Clock.systemUTC(),
            page -> noting[0].note(page));
    reader = journal.reader();
    Lag lag = new Lag(System::nanoTime);
    filler = new TailFiller(reader, new TailSize(tailEntries, 1 << 24), lag);
    noting[0] = filler;
    journal.start();
    start(filler);
    tail = filler.filled().get(20, TimeUnit.SECONDS);
    History history = new History(reader, tail);
    start(history);
    searches = new Searches(LIMITS, connection -> false, Thread::new);
    start(searches);
    trail = new Trail(tail, history, searches, lag, new Compression());
    readers = new Readers(SETTINGS, new Sessions());
    readers.open(trail, pumps);
  }

  private void start(Runnable part) {
    Thread thread = new Thread(part);
    threads.add(thread);
    thread.start();
  }

  /** Records one activity for each type and returns their positions. */
  public List<StreamPosition> record(String... types) throws Exception {
    return record(List.of(types).stream().map(type -> Activity.of("alice", type)).toList());
  }

  /** Records {@code count} activities whose subjects are their numbers. */
  public List<StreamPosition> record(int from, int count) throws Exception {
    return record(
        IntStream.range(from, from + count)
            .mapToObj(n -> Activity.of("alice", "counted", Integer.toString(n)))
            .toList());
  }

  public List<StreamPosition> record(List<Activity> activities) throws Exception {
    List<Receipt> receipts =
        journal
            .append(activities.stream().map(EncodedActivity::of).toList())
            .get(20, TimeUnit.SECONDS);
    return receipts.stream().map(Receipt::position).toList();
  }

  /** Takes every place for a search, and does not give it back. */
  public void takeAllSearches() {
    Searches.Asker<Void> nobody =
        new Searches.Asker<>() {
          @Override
          public boolean waits() {
            return true;
          }

          @Override
          public void receive(Void found) {}

          @Override
          public void fail(Throwable problem) {}
        };
    Search<Void> endless =
        new Search<>() {
          @Override
          public boolean isOver() {
            return false;
          }

          @Override
          public long lookOn() {
            return 0;
          }

          @Override
          public Void found() {
            return null;
          }
        };
    for (int i = 0; i < LIMITS.max(); i++) {
      searches.begin(endless, Connection.NONE, nobody);
    }
  }

  /** Waits until the tail has all that is recorded. */
  public void awaitTail() {
    Await.until(() -> tail.head().equals(reader.extent().head()));
  }

  /** Waits until retention, which lags behind, has come this far. */
  public StreamPosition awaitFloor(long offset) {
    Await.until(() -> reader.extent().floor().offset() >= offset);
    return reader.extent().floor();
  }

  /** A reader from a place on. */
  public FakeConnection follow(View view, Place place) {
    FakeConnection connection = new FakeConnection();
    follow(view, place, connection);
    return connection;
  }

  public void follow(View view, Place place, FakeConnection connection) {
    follow(view, place, connection, null);
  }

  private void follow(View view, Place place, FakeConnection connection, Conflation conflation) {
    HttpOutlet outlet =
        new HttpOutlet(
            connection.response(), new HttpOutlet.Options(Format.NAMED_SSE, false, false, 2000));
    try (Seat seat = readers.enter(ANYBODY, TestTrail.ASKED)) {
      readers.follow(
          seat, outlet, reader -> new TrailFeed(trail, reader, view, place, outlet, conflation));
    }
  }

  /** Why nobody is let in now; empty if somebody is. */
  public Optional<CloseReason> refusal() {
    try {
      readers.enter(ANYBODY, TestTrail.ASKED).leave();
      return Optional.empty();
    } catch (RefusedException e) {
      return Optional.of(e.reason());
    }
  }

  /** A reader from now on that wants no more than so many a second. */
  FakeConnection followAtRate(int rate) {
    FakeConnection connection = new FakeConnection();
    Conflation conflation = new Conflation(rate, System.nanoTime());
    follow(EVERYTHING, new Place(trail.tail().head(), null), connection, conflation);
    return connection;
  }

  public FakeConnection followFrom(long offset) {
    return follow(EVERYTHING, new Place(trail.tail().head().at(offset), null));
  }

  @Override
  public void close() {
    try {
      readers.drain(Duration.ofMillis(200)); // one that stalls has no more to come
      filler.stop();
      trail.history().stop();
      searches.stop();
      pumps.stop();
      journal.close();
      for (Thread thread : threads) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
