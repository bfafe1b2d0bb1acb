package dev.trailcast.benchmark;

import java.util.List;

/**
 * What came of a scenario.
 *
 * @param bars what Trailcast has set itself there
 * @param notes what else is to be said: who was left out, and why
 */
record Result(Scenario scenario, Table table, List<Bar> bars, List<String> notes) {
  /**
   * As a section of a page.
   *
   * @param circumstances when and how it was measured
   */
  String toMarkdown(String circumstances) {
    StringBuilder text = new StringBuilder();
    text.append("### ").append(scenario.name()).append(": ").append(scenario.title());
    text.append("\n\n").append(circumstances).append("\n\n");
    text.append(table.toMarkdown(scenario.columns())).append('\n');
    bars.forEach(bar -> text.append("* ").append(bar).append('\n'));
    notes.forEach(note -> text.append("* ").append(note).append('\n'));
    return text.toString();
  }
}
