package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.server.Contender;
import dev.trailcast.benchmark.server.Contenders;
import java.util.ArrayList;
import java.util.List;

/** How many deliveries a second there are at most, where each event is a request. */
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
    Table table = measure(stage.contenders().all(), stage);
    return new Result(
        this,
        table,
        List.of(
            atLeast(30, "the server's own broadcaster", table, Contenders.BROADCASTER),
            atLeast(6, "nchan", table, Contenders.NCHAN),
            Bar.nearTheLimit(table),
            Bar.small(table),
            Bar.flawless(table, Contenders.TRAILCAST)),
        stage.notes());
  }

  /** Those that can be started, in turns. */
  static Table measure(List<Contender> contenders, Stage stage) throws InterruptedException {
    stage.table().measureBy(Contenders.LIMIT);
    Publishing publishing = stage.unpaced();
    Readership everybody = Readership.of(stage.size().readers());
    List<Side> sides = new ArrayList<>();
    for (Contender contender : contenders) {
      stage
          .start(contender)
          .ifPresent(server -> sides.add(Stage.live(server.name(), server, everybody, publishing)));
    }
    return stage.measure(sides);
  }

  /** So often what somebody else delivers. */
  static Bar atLeast(double times, String whose, Table table, String other) {
    return Bar.atLeast(
        times,
        "times the deliveries of " + whose,
        table.ratio(Contenders.TRAILCAST, other, Metric.DELIVERIES_PER_SECOND));
  }
}
