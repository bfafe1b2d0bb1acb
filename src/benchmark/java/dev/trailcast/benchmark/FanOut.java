package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.server.Contender;
import dev.trailcast.benchmark.server.Contenders;
import java.util.ArrayList;
import java.util.List;

/** How many deliveries a second there are at most. */
final class FanOut implements Scenario {
  @Override
  public String name() {
    return "fan-out";
  }

  @Override
  public String title() {
    return "everything goes to everybody, as fast as it can";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    Publishing publishing = stage.unpaced();
    Readership everybody = Readership.of(stage.size().readers());
    List<Side> sides = new ArrayList<>();
    for (Contender contender : stage.contenders().all()) {
      stage
          .start(contender)
          .ifPresent(server -> sides.add(Stage.live(server.name(), server, everybody, publishing)));
    }
    Table table = stage.measure(sides);
    Metric metric = Metric.DELIVERIES_PER_SECOND;
    return new Result(
        this,
        table,
        List.of(
            Bar.atLeast(
                30,
                "times the deliveries of the server's own broadcaster",
                table.ratio(Contenders.TRAILCAST, Contenders.BROADCASTER, metric)),
            Bar.atLeast(
                15,
                "times the deliveries of nchan",
                table.ratio(Contenders.TRAILCAST, Contenders.NCHAN, metric)),
            Bar.atLeast(
                15,
                "times the deliveries of Centrifugo",
                table.ratio(Contenders.TRAILCAST, Contenders.CENTRIFUGO, metric)),
            Bar.atLeast(
                30,
                "times the deliveries of Mercure",
                table.ratio(Contenders.TRAILCAST, Contenders.MERCURE, metric)),
            Bar.flawless(table, Contenders.TRAILCAST)),
        stage.notes());
  }
}
