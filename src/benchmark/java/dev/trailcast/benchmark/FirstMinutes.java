package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.server.RunningServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a delivery costs, and how late it is, from the start on: a virtual machine warms up. */
final class FirstMinutes implements Scenario {
  private static final int MINUTES = 10;

  @Override
  public String name() {
    return "first-minutes";
  }

  @Override
  public String title() {
    return "a few events a second, from the start of the server on";
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Result run(Stage stage) throws Exception {
    RunningServer server = stage.trailcast();
    Publishing publishing = stage.unpaced().paced(stage.pace().paced());
    Readership everybody = Readership.of(stage.size().readers());
    List<Bar> bars = new ArrayList<>();
    for (int minute = 1; minute <= MINUTES; minute++) {
      String name = "minute " + minute;
      Side side = Stage.live(name, server, everybody, publishing);
      stage.table().add(name, stage.run(side, side.trial(), Duration.ofMinutes(1)));
      bars.add(Bar.flawless(stage.table(), name));
    }
    return new Result(this, stage.table(), bars, stage.notes());
  }
}
