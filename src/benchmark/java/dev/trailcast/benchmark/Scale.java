package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.server.RunningServer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a delivery and a connection cost as readers become more, and deliveries do not. */
final class Scale implements Scenario {
  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String title() {
    return "more readers, as many deliveries a second";
  }

  @Override
  public Set<Metric> columns() {
    Set<Metric> columns = EnumSet.copyOf(Scenario.super.columns());
    columns.add(Metric.EVENTS_PER_SECOND);
    columns.add(Metric.JOINS_PER_SECOND);
    columns.add(Metric.SERVER_MICROS_PER_JOIN);
    return columns;
  }

  @Override
  public Result run(Stage stage) throws Exception {
    RunningServer server = stage.trailcast();
    List<Side> sides = new ArrayList<>();
    for (int readers : stage.size().scale()) {
      Publishing publishing = stage.unpaced().paced((double) stage.pace().scale() / readers);
      sides.add(Stage.live(side(readers), server, Readership.of(readers), publishing));
    }
    Table table = stage.measure(sides);
    return new Result(
        this,
        table,
        sides.stream().map(side -> Bar.flawless(table, side.name())).toList(),
        stage.notes());
  }

  private static String side(int readers) {
    return String.format(Locale.ROOT, "%,d readers", readers);
  }
}
