package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.HttpConnection;
import dev.trailcast.benchmark.load.Memory;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.load.Visitors;
import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** Whether anything is left behind by readers that come, stall and vanish for a long time. */
final class Soak implements Scenario {
  /** As both servers have it, Payara with colours. */
  private static final Pattern COMPLAINT =
      Pattern.compile("\\[(\\e\\[[0-9;]*m)?(WARNING|SEVERE|ERR)");

  private static final String SIDE = "Trailcast";
  private static final Duration ROUND = Duration.ofMinutes(1);

  /** Three heartbeats. */
  private static final long LEAVING_NANOS = TimeUnit.SECONDS.toNanos(45);

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String title() {
    return "readers come, stall and vanish beside others who read, for a long time";
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Result run(Stage stage) throws Exception {
    RunningServer server = stage.trailcast();
    Readership everybody = Readership.of(stage.size().readers());
    Side side = Stage.live(SIDE, server, everybody, stage.unpaced().paced(stage.pace().soak()));
    stage.run(side, side.trial(), stage.warmUp());
    long quiet = complaints(server);
    long heap = Memory.of(server.processes()).liveHeapBytes().orElseThrow();
    Table table = stage.table();
    long end = System.nanoTime() + stage.soak().toNanos();
    double readers;
    double heapAfterwards;
    try (Visitors visitors = new Visitors(server)) {
      while (System.nanoTime() - end < 0) {
        table.add(SIDE, stage.run(side, side.trial(), ROUND));
        System.out.println("  " + visitors.toText());
      }
      visitors.end();
      stage.note(visitors.toText() + ".");
      readers = awaitNobody(server);
      heapAfterwards = Memory.of(server.processes()).liveHeapBytes().orElseThrow();
    }
    return new Result(
        this,
        table,
        List.of(
            Bar.flawless(table, SIDE),
            none("readers that the server still counts three heartbeats later:", readers),
            none("threads that they still hold:", figure(server, "trailcast_stalled_threads")),
            none("lines of warnings and errors in the log:", complaints(server) - quiet),
            Bar.atMost(
                1.2,
                "times the live heap of the beginning",
                Measurement.of(heapAfterwards / heap))),
        stage.notes());
  }

  private static Bar none(String text, double value) {
    return Bar.atMost(0, text, Measurement.of(value));
  }

  private static double awaitNobody(RunningServer server) throws IOException {
    long deadline = System.nanoTime() + LEAVING_NANOS;
    double readers = figure(server, "trailcast_readers");
    while (readers > 0 && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
      readers = figure(server, "trailcast_readers");
    }
    return readers;
  }

  private static double figure(RunningServer server, String name) throws IOException {
    try (HttpConnection connection = new HttpConnection(server.port())) {
      byte[] request = HttpConnection.get(server.port(), "/metrics?scope=application");
      return connection
          .exchange(request)
          .body()
          .lines()
          .filter(line -> line.startsWith(name + "{"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("there is no " + name));
    }
  }

  private static long complaints(RunningServer server) throws IOException {
    try (var lines = Files.lines(server.log())) {
      return lines.filter(line -> COMPLAINT.matcher(line).find()).count();
    }
  }
}
