package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Deliveries;
import dev.trailcast.benchmark.load.Load;
import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.load.Run;
import dev.trailcast.benchmark.server.RunningServer;
import java.time.Duration;
import java.util.List;

/** How fast readers catch up that have been away. */
final class Replay implements Scenario {
  private static final int BEHIND = 1_000;
  private static final String LIVE = "live";
  private static final String REPLAY = "replay";

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String title() {
    return "everybody comes back " + BEHIND + " events behind, against live fan-out";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    RunningServer server = stage.trailcast();
    Publishing publishing = stage.unpaced();
    Readership everybody = Readership.of(stage.size().readers());
    Run replay = new Run(server, new Load(everybody, publishing));
    Table table =
        stage.measure(
            List.of(
                Stage.live(LIVE, server, everybody, publishing),
                new Side(REPLAY, server, time -> replayed(replay, time))));
    return new Result(
        this,
        table,
        List.of(
            Bar.atLeast(
                0.5,
                "times the deliveries of live fan-out",
                table.ratio(REPLAY, LIVE, Metric.DELIVERIES_PER_SECOND)),
            Bar.flawless(table, REPLAY)),
        stage.notes());
  }

  /** As often as there is time for; what is lost or comes twice counts wherever it happens. */
  private static Numbers replayed(Run run, Duration time) throws Exception {
    Table replays = new Table();
    long end = System.nanoTime() + time.toNanos();
    do {
      Deliveries replay = run.replayed(BEHIND);
      replays.add(
          REPLAY,
          Numbers.of(replay).without(Metric.P50_MILLIS, Metric.P99_MILLIS, Metric.MAX_MILLIS));
    } while (System.nanoTime() < end);
    return replays.summary(REPLAY);
  }
}
