package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.server.Contender;
import dev.trailcast.benchmark.server.Contenders;
import java.util.ArrayList;
import java.util.List;

/** What a delivery costs, and how late it is, where there is time enough. */
final class Paced implements Scenario {
  @Override
  public String name() {
    return "paced";
  }

  @Override
  public String title() {
    return "everything goes to everybody, a few events a second";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    Publishing publishing = stage.unpaced().paced(stage.pace().paced());
    Readership everybody = Readership.of(stage.size().readers());
    stage.table().measureBy(Contenders.LIMIT);
    List<Side> sides = new ArrayList<>();
    Contenders contenders = stage.contenders();
    for (Contender contender :
        List.of(
            contenders.trailcast(),
            contenders.limit(),
            contenders.nchan(),
            contenders.centrifugo(),
            contenders.mercure())) {
      stage
          .start(contender)
          .ifPresent(
              server -> sides.add(Stage.workedUp(server.name(), server, everybody, publishing)));
    }
    Table table = stage.measure(sides);
    return new Result(
        this,
        table,
        List.of(
            atMost(1.5, Metric.SERVER_MICROS_PER_DELIVERY, Contenders.NCHAN, table),
            atMost(1.5, Metric.P50_MILLIS, Contenders.NCHAN, table),
            atMost(1, Metric.SERVER_MICROS_PER_DELIVERY, Contenders.CENTRIFUGO, table),
            atMost(1, Metric.P50_MILLIS, Contenders.CENTRIFUGO, table),
            atMost(1, Metric.SERVER_MICROS_PER_DELIVERY, Contenders.MERCURE, table),
            atMost(1, Metric.P50_MILLIS, Contenders.MERCURE, table),
            Bar.flawless(table, Contenders.TRAILCAST)),
        stage.notes());
  }

  private static Bar atMost(double times, Metric metric, String other, Table table) {
    String what = metric == Metric.P50_MILLIS ? "median latency" : "CPU for a delivery";
    return Bar.atMost(
        times,
        "times the %s of %s".formatted(what, other),
        table.ratio(Contenders.TRAILCAST, other, metric));
  }
}
