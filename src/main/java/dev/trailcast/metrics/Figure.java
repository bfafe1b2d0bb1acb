package dev.trailcast.metrics;

import dev.trailcast.measure.Distribution;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Something that is measured: what it is called, what it is for, and how it is read. */
public sealed interface Figure {
  /**
   * What it is called by Prometheus's rules: its unit is the end of its name, {@code _seconds} or
   * {@code _bytes}, before {@code _total} where it only rises. The same for all that differ in
   * their labels alone.
   */
  String name();

  /** What it is for, in one line. */
  String description();

  /** What tells it from others of the same name: few values, all of them known beforehand. */
  Map<String, String> labels();

  /** What is so now. */
  record Gauge(String name, String description, Map<String, String> labels, DoubleSupplier value)
      implements Figure {}

  /** How often something has happened since the start. */
  record Count(String name, String description, Map<String, String> labels, LongSupplier value)
      implements Figure {}

  /** How large something was, each time. */
  record Spread(
      String name, String description, Map<String, String> labels, Distribution distribution)
      implements Figure {}

  /** Its name without what the kind and the unit add. */
  default String stem() {
    return name().replaceFirst("_total$", "").replaceFirst("_(seconds|bytes)$", "");
  }

  /** In seconds, in bytes, or a number of something. */
  default Unit unit() {
    String name = name().replaceFirst("_total$", "");
    if (name.endsWith("_seconds")) {
      return Unit.SECONDS;
    }
    return name.endsWith("_bytes") ? Unit.BYTES : Unit.NUMBER;
  }

  /** What figures are in. */
  enum Unit {
    SECONDS,
    BYTES,
    NUMBER
  }

  /** What is so now. */
  static Figure gauge(String name, String description, DoubleSupplier value) {
    return new Gauge(name, description, Map.of(), value);
  }

  /** How often something has happened. */
  static Figure count(String name, String description, LongSupplier value) {
    return new Count(name, description, Map.of(), value);
  }

  /** How large something was. */
  static Figure spread(String name, String description, Distribution distribution) {
    return new Spread(name, description, Map.of(), distribution);
  }

  /** How often each kind of something has happened. */
  static <K extends Enum<K>> List<Figure> countBy(
      String name, String description, String label, Class<K> kinds, CountOf<K> count) {
    return Arrays.stream(kinds.getEnumConstants())
        .<Figure>map(
            kind ->
                new Count(name, description, Map.of(label, kind.toString()), () -> count.of(kind)))
        .toList();
  }

  /**
   * How often something of a kind has happened.
   *
   * @param <K> the kinds
   */
  interface CountOf<K> {
    long of(K kind);
  }
}
