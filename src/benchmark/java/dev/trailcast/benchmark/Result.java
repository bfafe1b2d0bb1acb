package dev.trailcast.benchmark;

import java.util.List;
import java.util.Optional;

/**
 * What came of a scenario.
 *
 * @param failure what Trailcast failed at, so that it was not measured to the end, if it did
 * @param bars what Trailcast has set itself there
 * @param notes what else is to be said: who was left out, and why
 */
record Result(
    Scenario scenario, Table table, Optional<String> failure, List<Bar> bars, List<String> notes) {
  /** One that was measured. */
  Result(Scenario scenario, Table table, List<Bar> bars, List<String> notes) {
    this(scenario, table, Optional.empty(), bars, notes);
  }

  /** One that was not measured to the end, with what has been by then. */
  static Result failed(Scenario scenario, Table table, String failure, List<String> notes) {
    return new Result(scenario, table, Optional.of(failure), List.of(), notes);
  }

  /**
   * As a section of a page.
   *
   * @param circumstances when and how it was measured
   */
  String toMarkdown(String circumstances) {
    StringBuilder text = new StringBuilder();
    text.append("### ").append(scenario.name()).append(": ").append(scenario.title());
    text.append("\n\n").append(circumstances).append("\n\n");
    failure.ifPresent(
        what -> text.append("**FAILED: ").append(what).append(". No bar counts.**\n\n"));
    text.append(table.toMarkdown(scenario.columns())).append('\n');
    bars.forEach(bar -> text.append("* ").append(bar).append('\n'));
    notes.forEach(note -> text.append("* ").append(note).append('\n'));
    return text.toString().strip() + "\n";
  }
}
