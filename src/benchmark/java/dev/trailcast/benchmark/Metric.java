package dev.trailcast.benchmark;

import java.util.List;
import java.util.Locale;

/** A number that is reported: its name in JSON, its heading in a table, its decimals. */
enum Metric {
  DELIVERIES_PER_SECOND("deliveries/s", 0, Over.MEDIAN),
  EVENTS_PER_SECOND("events/s", 0, Over.MEDIAN),
  P50_MILLIS("p50 ms", 2, Over.MEDIAN),
  P99_MILLIS("p99 ms", 2, Over.MEDIAN),
  MAX_MILLIS("max ms", 1, Over.MAX),
  SERVER_MICROS_PER_DELIVERY("CPU µs/delivery", 2, Over.MEDIAN),
  DELIVERIES_PER_WRITE("deliveries/write", 1, Over.MEDIAN),
  SERVER_MICROS_PER_EVENT("CPU µs/event", 1, Over.MEDIAN),
  JOINS_PER_SECOND("connects/s", 0, Over.MEDIAN),
  SERVER_MICROS_PER_JOIN("CPU µs/connect", 0, Over.MEDIAN),
  BYTES_PER_DELIVERY("bytes/delivery", 0, Over.MEDIAN),
  RESIDENT_MIB("RSS MiB", 0, Over.MAX),
  LIVE_HEAP_MIB("live heap MiB", 1, Over.MAX),
  RESIDENT_KIB_PER_READER("RSS KiB/reader", 1, Over.MEDIAN),
  LIVE_HEAP_KIB_PER_READER("heap KiB/reader", 2, Over.MEDIAN),
  LOST("lost", 0, Over.SUM),
  DOUBLED("double", 0, Over.SUM),
  DISORDERED("out of order", 0, Over.SUM),
  ORDERS("orders seen", 0, Over.MAX),
  CUT_OFF("cut off", 0, Over.SUM),
  REFUSED("refused", 0, Over.SUM),
  SERVER_SHARE("server CPU %", 0, Over.MEDIAN),
  GENERATOR_SHARE("generator CPU %", 0, Over.MEDIAN),
  GENERATOR_BUSIEST("busiest generator thread %", 0, Over.MAX),
  SCORE("µs", 3, Over.MEDIAN),
  SCORE_ERROR("± 99.9 %", 3, Over.MEDIAN);

  private enum Over {
    MEDIAN,
    MAX,
    SUM
  }

  private final String heading;
  private final int decimals;
  private final Over over;

  Metric(String heading, int decimals, Over over) {
    this.heading = heading;
    this.decimals = decimals;
    this.over = over;
  }

  String heading() {
    return heading;
  }

  /** Whether what it says of one side compares with another, beside which it stands. */
  boolean isRelative() {
    return switch (this) {
      case DELIVERIES_PER_SECOND, P50_MILLIS, P99_MILLIS, SERVER_MICROS_PER_DELIVERY -> true;
      default -> false;
    };
  }

  /** The name in JSON. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String format(double value) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** One number for all rounds: the median, but the worst or the sum of what must not be. */
  double overRounds(List<Double> values) {
    return switch (over) {
      case MEDIAN -> median(values);
      case MAX -> values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      case SUM -> values.stream().mapToDouble(Double::doubleValue).sum();
    };
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
