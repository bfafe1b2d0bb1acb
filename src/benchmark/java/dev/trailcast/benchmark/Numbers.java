package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Deliveries;
import dev.trailcast.benchmark.load.Findings;
import dev.trailcast.benchmark.load.Memory;
import dev.trailcast.benchmark.load.Stopwatch;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** What was measured of one side in one round. Immutable. */
record Numbers(Map<Metric, Double> values) {
  private static final double MIB = 1 << 20;
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  Numbers {
    Map<Metric, Double> finite = new EnumMap<>(Metric.class);
    values.forEach(
        (metric, value) -> {
          if (Double.isFinite(value)) { // a share of nothing is no number
            finite.put(metric, value);
          }
        });
    values = Collections.unmodifiableMap(finite);
  }

  static Numbers of(Deliveries run) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    Stopwatch.Time time = run.time();
    Findings findings = run.findings();
    double made = run.made();
    values.put(Metric.DELIVERIES_PER_SECOND, made / time.seconds());
    values.put(Metric.EVENTS_PER_SECOND, run.published() / time.seconds());
    values.put(Metric.P50_MILLIS, findings.latencies().percentile(0.5));
    values.put(Metric.P99_MILLIS, findings.latencies().percentile(0.99));
    values.put(Metric.MAX_MILLIS, findings.latencies().max());
    values.put(Metric.SERVER_MICROS_PER_DELIVERY, time.serverCpu() * 1e6 / made);
    values.put(Metric.DELIVERIES_PER_WRITE, made / time.serverWrites());
    values.put(Metric.SERVER_MICROS_PER_EVENT, time.serverCpu() * 1e6 / run.published());
    values.put(Metric.BYTES_PER_DELIVERY, time.bytes() / made);
    run.joining()
        .ifPresent(
            joining -> {
              int readers = joining.readers();
              values.put(Metric.JOINS_PER_SECOND, readers / joining.seconds());
              values.put(Metric.SERVER_MICROS_PER_JOIN, joining.serverCpu() * 1e6 / readers);
            });
    Memory memory = run.memory();
    values.put(Metric.RESIDENT_MIB, memory.residentBytes() / MIB);
    memory.liveHeapBytes().ifPresent(heap -> values.put(Metric.LIVE_HEAP_MIB, heap / MIB));
    values.put(Metric.LOST, (double) findings.lost());
    values.put(Metric.DOUBLED, (double) findings.doubled());
    values.put(Metric.DISORDERED, (double) findings.disordered());
    values.put(Metric.ORDERS, (double) findings.orders());
    values.put(Metric.CUT_OFF, (double) run.cutOff());
    values.put(Metric.REFUSED, (double) run.refused());
    putShares(values, time.serverCpu(), time.generatorCpu(), time.seconds());
    values.put(Metric.GENERATOR_BUSIEST, time.busiest() * 100);
    return new Numbers(values);
  }

  /** What share of all the machine's cores went into the server, and what into the generator. */
  static void putShares(
      Map<Metric, Double> values, double serverCpu, double generatorCpu, double seconds) {
    values.put(Metric.SERVER_SHARE, serverCpu / seconds / CORES * 100);
    values.put(Metric.GENERATOR_SHARE, generatorCpu / seconds / CORES * 100);
  }

  /** Without numbers that say nothing in a scenario. */
  Numbers without(Metric... metrics) {
    Map<Metric, Double> fewer = new EnumMap<>(values);
    for (Metric metric : metrics) {
      fewer.remove(metric);
    }
    return new Numbers(fewer);
  }
}
