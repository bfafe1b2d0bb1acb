package dev.trailcast.benchmark;

import dev.trailcast.benchmark.server.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Measures, and reports. */
public final class Benchmark {
  private static final List<Scenario> SCENARIOS =
      List.of(
          new FanOut(),
          new FanOutBean(),
          new Paced(),
          new Stalled(),
          new Idle(),
          new Filters(),
          new Audience(),
          new Scale(),
          new Ingest(),
          new Search(),
          new Cluster(),
          new Replay(),
          new Gzip(),
          new Micro(),
          new FirstMinutes(),
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
    Optional<Path> page =
        Boolean.getBoolean("benchmark.record")
            ? Optional.of(Path.of(System.getProperty("benchmark.page")))
            : Optional.empty();
    Report report = new Report(parameters, installation, page);
    for (Scenario scenario : chosen(parameters.scenarios())) {
      System.out.println(scenario.name() + ": " + scenario.title());
      report.add(measured(scenario, parameters, installation));
    }
    // a missed bar is a result; not to be able to measure Trailcast is none. Whatever thread still
    // hangs on a server holds nobody up
    System.exit(report.hasFailures() ? 1 : 0);
  }

  /** What came of a scenario; where Trailcast fails, others are measured all the same. */
  private static Result measured(
      Scenario scenario, Parameters parameters, Installation installation)
      throws InterruptedException {
    try (Stage stage = new Stage(parameters, installation)) {
      try {
        return scenario.run(stage);
      } catch (InterruptedException e) {
        throw e;
      } catch (Throwable e) { // also what is an Error ends one scenario only
        e.printStackTrace(System.out);
        return Result.failed(scenario, stage.table(), Reason.of(e), stage.notes());
      }
    }
  }

  /** All there are, in the order in which they are shown. */
  static List<String> names() {
    return SCENARIOS.stream().map(Scenario::name).toList();
  }

  private static List<Scenario> chosen(List<String> names) {
    List<Scenario> chosen = new ArrayList<>(SCENARIOS);
    if (names.isEmpty()) {
      chosen.removeIf(Scenario::isLong);
    } else {
      List<String> known = names();
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
