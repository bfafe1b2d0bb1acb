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
    List<Side> sides = new ArrayList<>();
    Contenders contenders = stage.contenders();
    for (Contender contender :
        List.of(
            contenders.trailcast(),
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
            Bar.atMost(
                1.5,
                "times nchan's CPU for a delivery",
                table.ratio(
                    Contenders.TRAILCAST, Contenders.NCHAN, Metric.SERVER_MICROS_PER_DELIVERY)),
            Bar.atMost(
                JournalCommit.medianMillis(stage.directory("journal")),
                "ms of median latency behind nchan's; one journal commit is",
                table.difference(Contenders.TRAILCAST, Contenders.NCHAN, Metric.P50_MILLIS)),
            Bar.flawless(table, Contenders.TRAILCAST)),
        stage.notes());
  }
}
