package dev.trailcast.benchmark;

import java.util.EnumSet;
import java.util.Set;

/** Something that is measured. */
interface Scenario {
  /** The name by which it is chosen. */
  String name();

  /** What it is about, in a sentence. */
  String title();

  /** Whether it takes so long that it is run only where it is named. */
  default boolean isLong() {
    return false;
  }

  /** What the table shows, where it is measured; the JSON has everything. */
  default Set<Metric> columns() {
    return EnumSet.complementOf(
        EnumSet.of(
            Metric.EVENTS_PER_SECOND,
            Metric.SERVER_MICROS_PER_EVENT,
            Metric.JOINS_PER_SECOND,
            Metric.SERVER_MICROS_PER_JOIN,
            Metric.BYTES_PER_DELIVERY,
            Metric.ORDERS));
  }

  /** Measures it. */
  Result run(Stage stage) throws Exception;
}
