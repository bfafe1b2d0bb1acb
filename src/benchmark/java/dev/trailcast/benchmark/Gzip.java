package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Activities;
import dev.trailcast.benchmark.load.Deliveries;
import dev.trailcast.benchmark.load.Load;
import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.load.Run;
import dev.trailcast.benchmark.load.Stamp;
import dev.trailcast.benchmark.server.RunningServer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What compressing costs and saves, with activities that differ as in real life. */
final class Gzip implements Scenario {
  private static final String PLAIN = "plain";
  private static final String GZIP = "gzip";

  /** No padding that would compress to nothing. */
  private static final Stamp SHORT = new Stamp(8);

  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public String title() {
    return "everything goes to everybody, compressed and not";
  }

  @Override
  public Set<Metric> columns() {
    return EnumSet.complementOf(
        EnumSet.of(Metric.EVENTS_PER_SECOND, Metric.SERVER_MICROS_PER_EVENT, Metric.ORDERS));
  }

  @Override
  public Result run(Stage stage) throws Exception {
    RunningServer server = stage.trailcast();
    Publishing publishing =
        stage.unpaced().of(new Activities(SHORT, true)).paced(stage.pace().gzip());
    Readership everybody = Readership.of(stage.size().readers());
    Side gzip =
        new Side(
            GZIP,
            server,
            time -> {
              Load load = new Load(everybody.withGzip(), publishing.lasting(time));
              Deliveries run = new Run(server, load).live();
              if (!run.findings().compressed()) {
                stage.note("The server answers uncompressed, though readers take gzip.");
              }
              return Numbers.of(run);
            });
    Table table = stage.measure(List.of(Stage.live(PLAIN, server, everybody, publishing), gzip));
    List<Bar> bars = new ArrayList<>();
    if (stage.notes().isEmpty()) {
      bars.add(
          Bar.atMost(
              1.5,
              "times the CPU of plain",
              table.ratio(GZIP, PLAIN, Metric.SERVER_MICROS_PER_DELIVERY)));
      bars.add(
          Bar.atMost(
              0.35,
              "times the bytes of plain",
              table.ratio(GZIP, PLAIN, Metric.BYTES_PER_DELIVERY)));
    }
    bars.add(Bar.flawless(table, GZIP));
    return new Result(this, table, bars, stage.notes());
  }
}
