package dev.trailcast.benchmark;

import dev.trailcast.benchmark.server.Contenders;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What Trailcast has set itself, and what came of it.
 *
 * @param text what is measured
 * @param measurement what it is
 * @param limit what it has to be
 * @param atLeast whether it has to be that at least, otherwise at most
 */
record Bar(String text, Measurement measurement, double limit, boolean atLeast) {
  /** 400 MB. */
  private static final double MOST_MIB = 381;

  static Bar atLeast(double limit, String text, Measurement measurement) {
    return new Bar(text, measurement, limit, true);
  }

  static Bar atMost(double limit, String text, Measurement measurement) {
    return new Bar(text, measurement, limit, false);
  }

  /** Nothing is lost, comes again, or is out of order. */
  static Bar flawless(Table table, String side) {
    return atMost(
        0,
        "deliveries lost, double or out of order (" + side + "):",
        table.sum(side, Metric.LOST, Metric.DOUBLED, Metric.DISORDERED));
  }

  /** Trailcast costs little more than what the kernel takes anyhow. */
  static Bar nearTheLimit(Table table) {
    return atMost(
        2,
        "times the CPU for a delivery of a C program that writes the same:",
        table.ratio(Contenders.TRAILCAST, Contenders.LIMIT, Metric.SERVER_MICROS_PER_DELIVERY));
  }

  /** What Trailcast's process takes, with everything that belongs to it. */
  static Bar small(Table table) {
    return atMost(
        MOST_MIB,
        "MiB of memory for the process, with its virtual machine and all readers:",
        table.sum(Contenders.TRAILCAST, Metric.RESIDENT_MIB));
  }

  OptionalDouble value() {
    return measurement.value();
  }

  boolean isMet() {
    OptionalDouble value = value();
    return value.isPresent()
        && (atLeast ? value.getAsDouble() >= limit : value.getAsDouble() <= limit);
  }

  @Override
  public String toString() {
    OptionalDouble value = value();
    String result =
        value.isEmpty()
            ? "not measured, because " + measurement.because()
            : (isMet() ? "met: " : "**missed**: ")
                + number(value.getAsDouble())
                + (measurement.because().isEmpty() ? "" : ", before " + measurement.because());
    return text + " " + (atLeast ? "≥ " : "≤ ") + number(limit) + " – " + result;
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, number >= 1000 || number == 0 ? "%,.0f" : "%.2f", number);
  }
}
