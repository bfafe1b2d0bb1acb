package dev.trailcast.benchmark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.StringJoiner;

/** What was measured of all sides of a scenario, a row for each, and what was not, and why. */
final class Table {
  private final Map<String, List<Numbers>> rounds = new LinkedHashMap<>();
  private final Map<String, String> failures = new LinkedHashMap<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private String yardstick; // or null

  /** Gives a side its row, in the order in which they are named. */
  void expect(String side) {
    rounds.computeIfAbsent(side, name -> new ArrayList<>());
  }

  void add(String side, Numbers numbers) {
    expect(side);
    rounds.get(side).add(numbers);
  }

  /** From here on there is nothing of a side: when it failed, and how. */
  void fail(String side, String failure) {
    expect(side);
    failures.put(side, failure);
  }

  /** There is nothing of a side at all: why. */
  void leaveOut(String side, String reason) {
    leftOut.put(side, reason);
  }

  /** Every other side is also shown as a ratio to this one. */
  void measureBy(String side) {
    yardstick = side;
  }

  /** How often a number of a side is that of the yardstick, where there is one to measure by. */
  OptionalDouble timesYardstick(String side, Metric metric) {
    return yardstick == null || yardstick.equals(side) || !metric.isRelative()
        ? OptionalDouble.empty()
        : ratio(side, yardstick, metric).value();
  }

  /** When a side failed, and how, if it has. */
  Optional<String> failure(String side) {
    return Optional.ofNullable(failures.get(side));
  }

  /** Those of whom there is something to say. */
  List<String> sides() {
    return rounds.keySet().stream()
        .filter(side -> !rounds.get(side).isEmpty() || failures.containsKey(side))
        .toList();
  }

  /** What was measured of a side, round by round. */
  List<Numbers> rounds(String side) {
    return rounds.getOrDefault(side, List.of());
  }

  /** A number of a side, over all rounds; empty where it was not measured. */
  OptionalDouble value(String side, Metric metric) {
    List<Double> values = new ArrayList<>();
    for (Numbers numbers : rounds(side)) {
      if (numbers.values().containsKey(metric)) {
        values.add(numbers.values().get(metric));
      }
    }
    return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(metric.overRounds(values));
  }

  /** All numbers of a side, over all rounds. */
  Numbers summary(String side) {
    Map<Metric, Double> summary = new EnumMap<>(Metric.class);
    for (Metric metric : metrics()) {
      value(side, metric).ifPresent(value -> summary.put(metric, value));
    }
    return new Numbers(summary);
  }

  /** How much several numbers of a side are together. */
  Measurement sum(String side, Metric... metrics) {
    double sum = 0;
    for (Metric metric : metrics) {
      OptionalDouble value = value(side, metric);
      if (value.isEmpty()) {
        return Measurement.missing(because(side));
      }
      sum += value.getAsDouble();
    }
    return Measurement.of(sum);
  }

  /** How much a number of one side is above that of another. */
  Measurement difference(String side, String other, Metric metric) {
    OptionalDouble one = value(side, metric);
    OptionalDouble another = value(other, metric);
    return one.isPresent() && another.isPresent()
        ? Measurement.of(one.getAsDouble() - another.getAsDouble())
        : Measurement.missing(because(side, other));
  }

  /**
   * How often a number of one side is that of another: the median of the rounds, each paired. A
   * side that fails has no later round, so that the first of one is the first of the other.
   */
  Measurement ratio(String side, String other, Metric metric) {
    List<Numbers> these = rounds(side);
    List<Numbers> those = rounds(other);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < Math.min(these.size(), those.size()); round++) {
      Double one = these.get(round).values().get(metric);
      Double another = those.get(round).values().get(metric);
      if (one != null && another != null) {
        ratios.add(one / another);
      }
    }
    if (ratios.isEmpty()) {
      return Measurement.missing(because(side, other));
    }
    Measurement ratio = Measurement.of(Metric.median(ratios));
    return failures.containsKey(other) ? ratio.before(because(other)) : ratio;
  }

  /** Why there is nothing of one of these. */
  private String because(String... sides) {
    for (String side : sides) {
      if (failures.containsKey(side)) {
        return side + " failed " + failures.get(side);
      }
      if (leftOut.containsKey(side)) {
        return side + " is left out: " + leftOut.get(side);
      }
    }
    return "there was nothing to measure";
  }

  Set<Metric> metrics() {
    Set<Metric> metrics = EnumSet.noneOf(Metric.class);
    rounds.values().forEach(all -> all.forEach(each -> metrics.addAll(each.values().keySet())));
    return metrics;
  }

  /** With those of the columns that are measured. */
  String toMarkdown(Set<Metric> columns) {
    List<Metric> metrics = metrics().stream().filter(columns::contains).toList();
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    StringBuilder headings = new StringBuilder("| |");
    StringBuilder rule = new StringBuilder("|---|");
    for (Metric metric : metrics) {
      headings.append(' ').append(metric.heading()).append(" |");
      rule.append("---:|");
    }
    lines.add(headings).add(rule);
    for (String side : sides()) {
      StringBuilder row = new StringBuilder("| " + side);
      failure(side).ifPresent(failure -> row.append(", **failed** ").append(cell(failure)));
      row.append(" |");
      for (Metric metric : metrics) {
        value(side, metric).ifPresent(value -> row.append(' ').append(metric.format(value)));
        timesYardstick(side, metric).ifPresent(times -> row.append(times(times)));
        row.append(" |");
      }
      lines.add(row);
    }
    return lines.toString();
  }

  private static String times(double ratio) {
    return String.format(Locale.ROOT, " (%.2f ×)", ratio);
  }

  /** What may be any server's or exception's words, so that it ends no cell. */
  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
