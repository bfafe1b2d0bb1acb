package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Crowd;
import dev.trailcast.benchmark.load.Memory;
import dev.trailcast.benchmark.server.Contender;
import dev.trailcast.benchmark.server.Contenders;
import dev.trailcast.benchmark.server.RunningServer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

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
    Table table = new Table();
    Contenders contenders = stage.contenders();
    for (Contender contender :
        List.of(contenders.trailcast(), contenders.suspended(), contenders.begun())) {
      try (RunningServer server = stage.start(contender).orElseThrow()) {
        table.add(server.name(), measure(server, stage.size().crowd()));
      }
    }
    return new Result(
        this,
        table,
        List.of(
            Bar.atMost(
                2,
                "KiB of heap for a reader above a suspended request whose response has begun",
                above(table))),
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

  private static OptionalDouble above(Table table) {
    double ours = table.value(Contenders.TRAILCAST, Metric.LIVE_HEAP_KIB_PER_READER).orElseThrow();
    double bare = table.value(Contenders.BEGUN, Metric.LIVE_HEAP_KIB_PER_READER).orElseThrow();
    return OptionalDouble.of(ours - bare);
  }
}
