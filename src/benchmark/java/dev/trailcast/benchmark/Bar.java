package dev.trailcast.benchmark;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What Trailcast has set itself, and what came of it.
 *
 * @param text what is measured
 * @param value what it is; empty where it was not measured
 * @param limit what it has to be
 * @param atLeast whether it has to be that at least, otherwise at most
 */
record Bar(String text, OptionalDouble value, double limit, boolean atLeast) {
  static Bar atLeast(double limit, String text, OptionalDouble value) {
    return new Bar(text, value, limit, true);
  }

  static Bar atMost(double limit, String text, OptionalDouble value) {
    return new Bar(text, value, limit, false);
  }

  /** Nothing is lost, comes again, or is out of order. */
  static Bar flawless(Table table, String side) {
    OptionalDouble flaws =
        Stream.of(Metric.LOST, Metric.DOUBLED, Metric.DISORDERED)
            .map(metric -> table.value(side, metric))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .reduce(Double::sum);
    return atMost(0, "deliveries lost, double or out of order:", flaws);
  }

  boolean isMet() {
    return value.isPresent()
        && (atLeast ? value.getAsDouble() >= limit : value.getAsDouble() <= limit);
  }

  @Override
  public String toString() {
    String result =
        value.isEmpty()
            ? "not measured"
            : String.format(
                Locale.ROOT, "%s: %s", isMet() ? "met" : "**missed**", number(value.getAsDouble()));
    return text + " " + (atLeast ? "≥ " : "≤ ") + number(limit) + " – " + result;
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, number >= 1000 || number == 0 ? "%,.0f" : "%.2f", number);
  }
}
