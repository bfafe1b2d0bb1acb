package dev.trailcast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.embedded.EmbeddedJournal;
import dev.trailcast.journal.embedded.EmbeddedSettings;
import dev.trailcast.journal.store.Retention;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A whole trail without a server: a real journal in a directory, and the threads that serve. */
final class TestTrail implements AutoCloseable {
  static final View EVERYTHING = new View(ActivityFilter.ALL, Viewer.ANONYMOUS);
  static final Admission.Client ANYBODY = new Admission.Client("127.0.0.1", null);
  private static final Retention A_LOT = new Retention(Duration.ofDays(1), 1_000_000, 1L << 30);

  final EmbeddedJournal journal;
  final JournalReader reader;
  final Trail trail;
  final Broadcaster broadcaster;
  private final TailFiller filler;
  private final List<Thread> threads = new ArrayList<>();

  TestTrail(Path directory, int tailEntries) throws Exception {
    this(directory, tailEntries, A_LOT);
  }

  TestTrail(Path directory, int tailEntries, Retention retention) throws Exception {
    StreamSettings settings =
        new StreamSettings(
            new StreamSettings.Wire(Duration.ofSeconds(15), Duration.ofSeconds(2), true),
            new StreamSettings.Drain(Duration.ofSeconds(5), Duration.ofSeconds(5)),
            new StreamSettings.ReaderLimits(100, 100, 100),
            new StreamSettings.TailSize(tailEntries, 1 << 24),
            new StreamSettings.PumpCount(2, 20));
    TailFiller[] noting = new TailFiller[1];
    journal =
        new EmbeddedJournal(
            new EmbeddedSettings(directory, retention, 100_000, 1 << 26),
            Thread::new,
            Clock.systemUTC(),
            page -> noting[0].note(page));
    reader = journal.reader();
    filler = new TailFiller(reader, settings.tail());
    noting[0] = filler;
    journal.start();
    Pumps pumps = new Pumps(settings.pumps(), Thread::new);
    start(filler);
    Tail tail = filler.filled().get(20, TimeUnit.SECONDS);
    History history = new History(reader, tail);
    start(history);
    pumps.start();
    trail =
        new Trail(
            tail,
            history,
            pumps,
            new Compression(),
            new RetryDelay(settings.wire().retry(), settings.drain().retry()));
    broadcaster = new Broadcaster(settings);
    broadcaster.open(trail);
  }

  private void start(Runnable part) {
    Thread thread = new Thread(part);
    threads.add(thread);
    thread.start();
  }

  /** Records one activity for each type and returns their positions. */
  List<StreamPosition> record(String... types) throws Exception {
    return record(List.of(types).stream().map(type -> Activity.of("alice", type)).toList());
  }

  /** Records {@code count} activities whose subjects are their numbers. */
  List<StreamPosition> record(int from, int count) throws Exception {
    return record(
        IntStream.range(from, from + count)
            .mapToObj(n -> Activity.of("alice", "counted", Integer.toString(n)))
            .toList());
  }

  List<StreamPosition> record(List<Activity> activities) throws Exception {
    List<Receipt> receipts =
        journal
            .append(activities.stream().map(EncodedActivity::of).toList())
            .get(20, TimeUnit.SECONDS);
    return receipts.stream().map(Receipt::position).toList();
  }

  /** Waits until retention, which lags behind, has come this far. */
  StreamPosition awaitFloor(long offset) {
    Await.until(() -> reader.extent().floor().offset() >= offset);
    return reader.extent().floor();
  }

  /** A reader from a place on. */
  FakeConnection follow(View view, Place place) {
    FakeConnection connection = new FakeConnection();
    follow(view, place, connection);
    return connection;
  }

  void follow(View view, Place place, FakeConnection connection) {
    follow(view, place, connection, null);
  }

  private void follow(View view, Place place, FakeConnection connection, Conflation conflation) {
    SseOutlet.Options options = new SseOutlet.Options(true, false);
    SseOutlet outlet = new SseOutlet(connection.response(), options, false, 2000);
    assertThat(broadcaster.enter(ANYBODY)).isEmpty();
    broadcaster.follow(ANYBODY, view, place, outlet, conflation);
  }

  /** A reader from now on that wants no more than so many a second. */
  FakeConnection followAtRate(int rate) {
    FakeConnection connection = new FakeConnection();
    Conflation conflation = new Conflation(rate, System.nanoTime());
    follow(EVERYTHING, new Place(trail.tail().head(), null), connection, conflation);
    return connection;
  }

  FakeConnection followFrom(long offset) {
    return follow(EVERYTHING, new Place(trail.tail().head().at(offset), null));
  }

  @Override
  public void close() {
    try {
      broadcaster.drain(Duration.ofSeconds(5));
      filler.stop();
      trail.history().stop();
      trail.pumps().stop();
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
