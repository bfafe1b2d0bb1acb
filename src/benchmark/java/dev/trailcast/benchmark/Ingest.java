package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Lines;
import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.server.Processes;
import dev.trailcast.benchmark.server.RunningServer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How many activities a second become durable, beside a million that are kept. */
final class Ingest implements Scenario {
  static final int LINES = 2_000;
  private static final String ORDERED = "NDJSON, " + LINES + " lines a request";
  private static final String RANDOM = ORDERED + ", ids at random";

  /** As many as are kept by default. */
  private static final int KEPT = 1_000_000;

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String title() {
    return "activities come in, and are durable when they are answered; nobody reads";
  }

  @Override
  public Set<Metric> columns() {
    return EnumSet.allOf(Metric.class);
  }

  @Override
  public Result run(Stage stage) throws Exception {
    RunningServer server = stage.trailcast();
    Publishing ordered = stage.unpaced();
    Publishing random = ordered.of(ordered.activities().withRandomIds());
    fill(server, random);
    Table table =
        stage.measure(
            List.of(
                new Side(ORDERED, server, time -> ingest(server, ordered, time)),
                new Side(RANDOM, server, time -> ingest(server, random, time))));
    return new Result(
        this,
        table,
        List.of(
            Bar.atLeast(
                100_000, "activities a second", table.sum(ORDERED, Metric.EVENTS_PER_SECOND)),
            Bar.atLeast(
                80_000,
                "activities a second, ids at random",
                table.sum(RANDOM, Metric.EVENTS_PER_SECOND))),
        stage.notes());
  }

  /** Has it keep a million. */
  static void fill(RunningServer server, Publishing publishing) throws Exception {
    Lines lines = new Lines(server, publishing.activities());
    long kept = 0;
    while (kept < KEPT) {
      kept += lines.pour(publishing.publishers(), LINES, Duration.ofSeconds(1));
    }
  }

  static Numbers ingest(RunningServer server, Publishing publishing, Duration time)
      throws Exception {
    return ingest(server, server, publishing, time);
  }

  /** What it costs another node to have what one has taken: all of it, at the end. */
  static Numbers ingest(
      RunningServer publishedTo, RunningServer server, Publishing publishing, Duration time)
      throws Exception {
    double serverCpu = server.processes().cpuSeconds();
    double generatorCpu = Processes.self().cpuSeconds();
    long start = System.nanoTime();
    long taken =
        new Lines(publishedTo, publishing.activities()).pour(publishing.publishers(), LINES, time);
    Positions.await(server, publishedTo);
    double seconds = (System.nanoTime() - start) / 1e9;
    serverCpu = server.processes().cpuSeconds() - serverCpu;
    generatorCpu = Processes.self().cpuSeconds() - generatorCpu;
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.EVENTS_PER_SECOND, taken / seconds);
    values.put(Metric.SERVER_MICROS_PER_EVENT, serverCpu * 1e6 / taken);
    Numbers.putShares(values, serverCpu, generatorCpu, seconds);
    return new Numbers(values);
  }
}
