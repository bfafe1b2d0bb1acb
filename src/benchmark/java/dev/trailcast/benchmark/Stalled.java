package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.server.RunningServer;
import java.util.ArrayList;
import java.util.List;

/** What readers that stop reading do to the others. */
final class Stalled implements Scenario {
  private static final String NOBODY = "nobody stalls";

  @Override
  public String name() {
    return "stalled";
  }

  @Override
  public String title() {
    return "some readers stop reading; the numbers are those of the others";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    RunningServer server = stage.trailcast();
    Publishing publishing = stage.unpaced().paced(stage.pace().stalled());
    List<Side> sides = new ArrayList<>();
    Readership reading = Readership.of(stage.size().readers());
    // those who stall come on top: as many read as without them
    sides.add(Stage.workedUp(NOBODY, server, reading.besides(0), publishing));
    for (int few : stage.size().stalled()) {
      sides.add(Stage.live(some(few), server, reading.besides(few), publishing));
      sides.add(
          Stage.live(history(few), server, reading.besidesForHistory(few, false), publishing));
      sides.add(
          Stage.live(anywhere(few), server, reading.besidesForHistory(few, true), publishing));
    }
    Table table = stage.measure(sides);
    List<Bar> bars = new ArrayList<>();
    for (int few : stage.size().stalled()) {
      for (String side : List.of(some(few), history(few), anywhere(few))) {
        bars.add(
            Bar.atMost(
                2,
                "times the others' p99 where " + side,
                table.ratio(side, NOBODY, Metric.P99_MILLIS)));
        bars.add(Bar.flawless(table, side));
      }
    }
    return new Result(this, table, bars, stage.notes());
  }

  private static String some(int few) {
    return few + " stall";
  }

  private static String history(int few) {
    return few + " want all that is kept and read nothing";
  }

  private static String anywhere(int few) {
    return history(few) + ", each from an address of its own";
  }
}
