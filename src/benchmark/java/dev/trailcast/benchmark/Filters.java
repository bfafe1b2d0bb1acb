package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.server.RunningServer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What filters cost: every event is for exactly one reader. */
final class Filters implements Scenario {
  private static final String ONE = "1 reader, 1 actor";

  @Override
  public String name() {
    return "filters";
  }

  @Override
  public String title() {
    return "everybody follows an actor of its own; each event is for one reader";
  }

  @Override
  public Set<Metric> columns() {
    return EnumSet.complementOf(
        EnumSet.of(
            Metric.DELIVERIES_PER_SECOND,
            Metric.SERVER_MICROS_PER_DELIVERY,
            Metric.DELIVERIES_PER_WRITE,
            Metric.BYTES_PER_DELIVERY,
            Metric.ORDERS));
  }

  @Override
  public Result run(Stage stage) throws Exception {
    RunningServer server = stage.trailcast();
    Publishing publishing = stage.unpaced().paced(stage.pace().filters());
    int crowd = stage.size().crowd();
    String many = crowd + " readers, " + crowd + " actors";
    Table table =
        stage.measure(
            List.of(
                Stage.live(ONE, server, Readership.of(1).withFilters(), publishing),
                Stage.live(many, server, Readership.of(crowd).withFilters(), publishing)));
    return new Result(
        this,
        table,
        List.of(
            Bar.atMost(
                2,
                "times the CPU for an event of one reader with one actor",
                table.ratio(many, ONE, Metric.SERVER_MICROS_PER_EVENT)),
            Bar.flawless(table, many)),
        stage.notes());
  }
}
