package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Crowd;
import dev.trailcast.benchmark.load.Memory;
import dev.trailcast.benchmark.server.Contender;
import dev.trailcast.benchmark.server.Contenders;
import dev.trailcast.benchmark.server.RunningServer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a reader takes to whom nothing is sent. */
final class Idle implements Scenario {
  private static final int WARM_UP = 500;
  private static final double KIB = 1024;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String title() {
    return "nobody is sent anything, against requests that are suspended and nothing else";
  }

  @Override
  public Result run(Stage stage) throws Exception {
    Contenders contenders = stage.contenders();
    for (Contender contender :
        List.of(contenders.trailcast(), contenders.suspended(), contenders.begun())) {
      Optional<RunningServer> started = stage.start(contender);
      if (started.isPresent()) {
        try (RunningServer server = started.get()) {
          stage.measureOnce(
              new Side(server.name(), server, time -> measure(server, stage.size().crowd())));
        }
      }
    }
    Table table = stage.table();
    return new Result(
        this,
        table,
        List.of(
            Bar.atMost(
                2,
                "KiB of heap for a reader above a suspended request whose response has begun",
                table.difference(
                    Contenders.TRAILCAST, Contenders.BEGUN, Metric.LIVE_HEAP_KIB_PER_READER))),
        stage.notes());
  }

  private static Numbers measure(RunningServer server, int readers) throws Exception {
    try (Crowd few = Crowd.of(server, WARM_UP)) {
      few.settle();
    }
    Memory before = Memory.of(server.processes());
    try (Crowd crowd = Crowd.of(server, readers)) {
      crowd.settle();
      Memory with = Memory.of(server.processes());
      Map<Metric, Double> values = new EnumMap<>(Metric.class);
      double resident = with.residentBytes() - before.residentBytes();
      double heap = with.liveHeapBytes().orElseThrow() - before.liveHeapBytes().orElseThrow();
      values.put(Metric.RESIDENT_KIB_PER_READER, resident / readers / KIB);
      values.put(Metric.LIVE_HEAP_KIB_PER_READER, heap / readers / KIB);
      return new Numbers(values);
    }
  }
}
