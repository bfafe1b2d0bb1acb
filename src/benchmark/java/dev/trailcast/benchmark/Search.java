package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Activities;
import dev.trailcast.benchmark.load.HttpConnection;
import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Requests;
import dev.trailcast.benchmark.load.Stamp;
import dev.trailcast.benchmark.server.Processes;
import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What it takes to find something among a million that are kept. */
final class Search implements Scenario {
  private static final String PAGES = "/api/activities?";
  private static final String POSITION = "/api/position";
  private static final String RARE = "actor=rare";
  private static final String SELDOM = "actor=user-17&type=order.placed";
  private static final String ABSENT = "actor=nobody*";
  private static final String UNKNOWN = "actor=x*"; // a prefix of which no sketch knows
  private static final int AT_ONCE = 50;
  private static final Duration PAUSE = Duration.ofMillis(10);

  private static final String FORWARD = "one in a million, forwards";
  private static final String BACKWARD = "one in a million, backwards";
  private static final String LAST = "one in a million, `last`";
  private static final String SINCE = "one in a million, `since`";
  private static final String SOME = "one in 25,000, backwards";
  private static final String NONE = "a prefix that nothing has";
  private static final String ALONE = "another request, alone";
  private static final String BESIDE = "another request, beside " + AT_ONCE + " that look at all";

  @Override
  public String name() {
    return "search";
  }

  @Override
  public String title() {
    return "something is looked for in a million; each event is a request";
  }

  @Override
  public Set<Metric> columns() {
    return EnumSet.of(
        Metric.EVENTS_PER_SECOND,
        Metric.P50_MILLIS,
        Metric.P99_MILLIS,
        Metric.MAX_MILLIS,
        Metric.SERVER_MICROS_PER_EVENT,
        Metric.SERVER_SHARE);
  }

  @Override
  public Result run(Stage stage) throws Exception {
    RunningServer server = stage.trailcast();
    record(server);
    Publishing varied = stage.unpaced().of(new Activities(new Stamp(8), true));
    Ingest.fill(server, varied);
    Table table =
        stage.measure(
            List.of(
                side(FORWARD, server, "after=earliest&" + RARE),
                side(BACKWARD, server, RARE),
                side(LAST, server, "last=10&" + RARE),
                side(SINCE, server, "since=2000-01-01T00:00:00Z&" + RARE),
                side(SOME, server, SELDOM),
                side(NONE, server, ABSENT),
                new Side(ALONE, server, time -> ask(server, POSITION, PAUSE, time)),
                new Side(BESIDE, server, time -> askBeside(server, time))));
    return new Result(
        this,
        table,
        List.of(
            micros(table, FORWARD),
            micros(table, BACKWARD),
            micros(table, LAST),
            micros(table, SINCE),
            micros(table, SOME),
            micros(table, NONE),
            Bar.atMost(
                100,
                "ms of another request, beside " + AT_ONCE,
                table.sum(BESIDE, Metric.MAX_MILLIS))),
        stage.notes());
  }

  private static Bar micros(Table table, String side) {
    return Bar.atMost(
        50_000, "µs of CPU: " + side + ":", table.sum(side, Metric.SERVER_MICROS_PER_EVENT));
  }

  /** The one that is rare. */
  private static void record(RunningServer server) throws IOException {
    byte[] body = "{\"type\":\"order.placed\",\"actor\":\"rare\"}".getBytes(StandardCharsets.UTF_8);
    try (HttpConnection connection = new HttpConnection(server.port())) {
      connection.exchange(
          HttpConnection.post(
              server.port(), server.doors().publish(), server.doors().contentType(), body));
    }
  }

  private static Side side(String name, RunningServer server, String query) {
    return new Side(name, server, time -> ask(server, PAGES + query, Duration.ZERO, time));
  }

  private static Numbers ask(RunningServer server, String path, Duration pause, Duration time)
      throws Exception {
    double serverCpu = server.processes().cpuSeconds();
    double generatorCpu = Processes.self().cpuSeconds();
    long start = System.nanoTime();
    Requests asked = Requests.repeat(server, path, pause, time);
    double seconds = (System.nanoTime() - start) / 1e9;
    serverCpu = server.processes().cpuSeconds() - serverCpu;
    generatorCpu = Processes.self().cpuSeconds() - generatorCpu;
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    values.put(Metric.EVENTS_PER_SECOND, asked.count() / seconds);
    values.put(Metric.P50_MILLIS, asked.latencies().percentile(0.5));
    values.put(Metric.P99_MILLIS, asked.latencies().percentile(0.99));
    values.put(Metric.MAX_MILLIS, asked.latencies().max());
    values.put(Metric.SERVER_MICROS_PER_EVENT, serverCpu * 1e6 / asked.count());
    Numbers.putShares(values, serverCpu, generatorCpu, seconds);
    return new Numbers(values);
  }

  /** How long another request takes while as many are searched for; the numbers are its own. */
  private static Numbers askBeside(RunningServer server, Duration time) throws Exception {
    try (Requests.Crowd crowd = Requests.keepAsking(server, PAGES + UNKNOWN, AT_ONCE)) {
      Numbers numbers = ask(server, POSITION, PAUSE, time);
      crowd.end();
      return numbers.without(Metric.SERVER_MICROS_PER_EVENT);
    }
  }
}
