package dev.trailcast.benchmark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.StringJoiner;

/** What was measured of all sides of a scenario, a row for each. */
final class Table {
  private final Map<String, List<Numbers>> rounds = new LinkedHashMap<>();

  void add(String side, Numbers numbers) {
    rounds.computeIfAbsent(side, name -> new ArrayList<>()).add(numbers);
  }

  Map<String, List<Numbers>> rounds() {
    return rounds;
  }

  /** A number of a side, over all rounds; empty where it was not measured. */
  OptionalDouble value(String side, Metric metric) {
    List<Double> values = new ArrayList<>();
    for (Numbers numbers : rounds.getOrDefault(side, List.of())) {
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

  /** How often a number of one side is that of another: the median of the rounds, each paired. */
  OptionalDouble ratio(String side, String other, Metric metric) {
    List<Numbers> these = rounds.getOrDefault(side, List.of());
    List<Numbers> those = rounds.getOrDefault(other, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < Math.min(these.size(), those.size()); round++) {
      Double one = these.get(round).values().get(metric);
      Double another = those.get(round).values().get(metric);
      if (one != null && another != null) {
        ratios.add(one / another);
      }
    }
    return ratios.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Metric.median(ratios));
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
    for (String side : rounds.keySet()) {
      StringBuilder row = new StringBuilder("| " + side + " |");
      for (Metric metric : metrics) {
        OptionalDouble value = value(side, metric);
        row.append(value.isPresent() ? " " + metric.format(value.getAsDouble()) : "").append(" |");
      }
      lines.add(row);
    }
    return lines.toString();
  }
}
