package dev.trailcast.benchmark;

import dev.trailcast.benchmark.server.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Measures, and reports. */
public final class Benchmark {
  private static final List<Scenario> SCENARIOS =
      List.of(
          new FanOut(),
          new Paced(),
          new Stalled(),
          new Idle(),
          new Filters(),
          new Ingest(),
          new Replay(),
          new Gzip(),
          new Micro(),
          new Soak());

  /** Kept, so that its level is. */
  private static final Logger JOURNAL_LOG = Logger.getLogger("dev.trailcast.journal");

  private Benchmark() {}

  /** As the system properties say. */
  public static void main(String[] arguments) throws Exception {
    // the journal's word on where it is open is no result
    JOURNAL_LOG.setLevel(Level.WARNING);
    Parameters parameters = Parameters.fromSystemProperties();
    Installation installation = Installation.fromSystemProperties();
    Report report = new Report(parameters, installation.platform());
    for (Scenario scenario : chosen(parameters.scenarios())) {
      System.out.println(scenario.name() + ": " + scenario.title());
      try (Stage stage = new Stage(parameters, installation)) {
        Result result = scenario.run(stage);
        System.out.println("\n" + result.toMarkdown());
        report.add(result);
      }
    }
    report.write(installation.work());
    if (Boolean.getBoolean("benchmark.record")) {
      report.record(Path.of(System.getProperty("benchmark.page")));
    }
  }

  private static List<Scenario> chosen(List<String> names) {
    List<Scenario> chosen = new ArrayList<>(SCENARIOS);
    if (names.isEmpty()) {
      chosen.removeIf(Scenario::isLong);
    } else {
      List<String> known = SCENARIOS.stream().map(Scenario::name).toList();
      for (String name : names) {
        if (!known.contains(name)) {
          throw new IllegalArgumentException("there is no scenario " + name + ", but " + known);
        }
      }
      chosen.removeIf(scenario -> !names.contains(scenario.name()));
    }
    return chosen;
  }
}
