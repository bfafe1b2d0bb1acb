package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.server.Issuer;
import dev.trailcast.benchmark.server.RunningServer;
import java.util.List;

/** What log-ins cost: everybody is a user of its own, but what is published is for all. */
final class Audience implements Scenario {
  private static final String UNKNOWN = "nobody is logged in";
  private static final String LOGGED_IN = "everybody is logged in";
  private static final double KIB_EACH = 2;
  private static final double KIB = 1024;

  @Override
  public String name() {
    return "audience";
  }

  @Override
  public String title() {
    return "everything goes to everybody, each logged in as another user, and not";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    Issuer issuer = new Issuer(stage.directory("issuer"));
    RunningServer server = stage.start(stage.contenders().trailcast(issuer)).orElseThrow();
    Publishing publishing = stage.unpaced().paced(stage.pace().paced());
    int crowd = stage.size().crowd();
    Readership readers = Readership.of(crowd);
    Table table =
        stage.measure(
            List.of(
                Stage.workedUp(UNKNOWN, server, readers, publishing),
                Stage.workedUp(LOGGED_IN, server, readers.loggedInBy(issuer), publishing)));
    return new Result(
        this,
        table,
        List.of(
            Bar.atMost(
                1.2,
                "times the CPU for readers that are not logged in",
                table.ratio(LOGGED_IN, UNKNOWN, Metric.SERVER_MICROS_PER_DELIVERY)),
            Bar.atMost(
                KIB_EACH * crowd / KIB,
                "MiB of live heap more, which is 2 KiB for each reader",
                table.difference(LOGGED_IN, UNKNOWN, Metric.LIVE_HEAP_MIB)),
            Bar.flawless(table, LOGGED_IN)),
        stage.notes());
  }
}
