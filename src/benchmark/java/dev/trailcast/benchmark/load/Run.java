package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One run: connects readers, lets a server carry a load, disconnects them, and waits until the
 * server has noticed.
 */
public final class Run {
  /** What comes later than that behind every other delivery is taken for lost. */
  private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** What connecting has stirred up shall have settled. */
  private static final long SETTLING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Longer than any heartbeat. */
  private static final Duration LEAVING = Duration.ofSeconds(20);

  /** How many readers may wait for the beginning of their response: no accept queue overflows. */
  private static final int OPENING = 64;

  /** Connections that a server may keep of those that have left. */
  private static final int STRAGGLERS = 16;

  private final RunningServer publishedTo;
  private final RunningServer server;
  private final Load load;

  public Run(RunningServer server, Load load) {
    this(server, server, load);
  }

  /**
   * Where it is published to one server, and followed on another.
   *
   * @param server that is followed, and measured
   */
  public Run(RunningServer publishedTo, RunningServer server, Load load) {
    this.publishedTo = publishedTo;
    this.server = server;
    this.load = load;
  }

  /** Everybody follows, and then is published. */
  public Deliveries live() throws IOException, InterruptedException {
    Feed feed = new Feed(load.publishing().publishers());
    int openFiles = server.processes().openFiles();
    Readers readers = new Readers(load, feed, OPENING);
    Publishers publishers = new Publishers(load, feed, publishedTo, readers);
    Outcome outcome;
    int cutOff;
    Joining joining;
    try (readers) {
      Stopwatch untilJoined = new Stopwatch(server.processes(), readers);
      readers.connect(server.port());
      readers.follow(server);
      joining = joining(untilJoined.time());
      readers.stall();
      LockSupport.parkNanos(SETTLING_NANOS);
      Stopwatch watch = new Stopwatch(server.processes(), readers);
      CompletableFuture<Void> talk = talk();
      publishers.publish();
      outcome = finish(readers, feed, watch);
      talk.join();
      cutOff = readers.cutOff(server.port());
    }
    sweep(openFiles);
    return outcome.with(Optional.of(joining), publishers.refused(), cutOff, readers.findings());
  }

  /**
   * Events are published, and then everybody comes back behind them, all at once. The time begins
   * with the first request.
   */
  public Deliveries replayed(int events) throws IOException, InterruptedException {
    Feed feed = new Feed(1);
    Lines lines = new Lines(server, load.publishing().activities());
    String position = lines.post(new Feed(1), 1).position();
    lines.post(feed, events);
    int openFiles = server.processes().openFiles();
    Readers readers = new Readers(load, feed, load.readership().readers());
    Outcome outcome;
    try (readers) {
      readers.connect(server.port());
      LockSupport.parkNanos(SETTLING_NANOS);
      Stopwatch watch = new Stopwatch(server.processes(), readers);
      readers.follow(server, "Last-Event-ID: " + position);
      outcome = finish(readers, feed, watch);
    }
    sweep(openFiles);
    return outcome.with(Optional.empty(), 0, 0, readers.findings());
  }

  private Joining joining(Stopwatch.Time time) {
    return new Joining(load.readership().readers(), time.seconds(), time.serverCpu());
  }

  private CompletableFuture<Void> talk() {
    String talker = load.readership().talker();
    return talker == null
        ? CompletableFuture.completedFuture(null)
        : Talk.soon(server, talker, load.readership().stalled());
  }

  private record Outcome(
      int published, long deliveries, long checked, Stopwatch.Time time, Memory memory) {
    Deliveries with(Optional<Joining> joining, int refused, int cutOff, Findings findings) {
      return new Deliveries(
          published, refused, cutOff, deliveries, checked, joining, time, memory, findings);
    }
  }

  private Outcome finish(Readers readers, Feed feed, Stopwatch watch)
      throws IOException, InterruptedException {
    int published = feed.acknowledged();
    long checked = readers.checkedDeliveries(published);
    readers.await(checked, LOST_NANOS);
    Stopwatch.Time time = watch.time();
    if (checked > 0 && time.delivered() == 0) {
      throw new IOException("it took " + published + " events and delivered none");
    }
    long deliveries = load.readership().deliveries(published);
    return new Outcome(published, deliveries, checked, time, Memory.of(server.processes()));
  }

  /**
   * Waits until the server has let go of the readers' connections, so that they cost nothing in the
   * next run. A server may notice only when it writes. One that fails at that has been measured all
   * the same, and fails the next run.
   */
  private void sweep(int openFiles) {
    Feed feed = new Feed(1);
    Deadline deadline = Deadline.in(LEAVING);
    try (HttpConnection connection = new HttpConnection(publishedTo.port())) {
      int index = 0;
      while (server.processes().openFiles() > openFiles + STRAGGLERS && !deadline.isOver()) {
        for (int i = 0; i < load.readership().actors() && !deadline.isOver(); i++) {
          connection.exchange(load.request(publishedTo, feed, index++));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    } catch (IOException e) {
      System.out.println("  " + server.name() + " after its readers have left: " + e.getMessage());
    }
  }
}
