package dev.trailcast.benchmark.attack;

import java.time.Duration;
import java.util.Locale;

/**
 * What an attack has done.
 *
 * @param attack what was done
 * @param felt by others
 * @param heapBytes that are alive afterwards
 * @param loggedBytes what the server wrote into its logs for it
 * @param healed how long after its end others were as well as before
 * @param alive whether they ever were
 * @param answers what the assailant was told, and how often
 */
record Verdict(
    String attack,
    Experience felt,
    long heapBytes,
    long loggedBytes,
    Duration healed,
    boolean alive,
    String answers) {
  /** Of the table, in Markdown. */
  static final String HEAD =
      """
      | attack | published after | seen after | joined after | heap | log | healed after | the assailant was told |
      |---|---|---|---|---|---|---|---|""";

  boolean isWithin(Duration tolerated) {
    return alive && felt.longest().compareTo(tolerated) <= 0;
  }

  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %d ms | %d ms | %d ms | %d MB | %d KB | %s | %s |",
        attack,
        felt.published().toMillis(),
        felt.seen().toMillis(),
        felt.joined().toMillis(),
        heapBytes >> 20,
        loggedBytes >> 10,
        alive ? String.format(Locale.ROOT, "%.1f s", healed.toMillis() / 1e3) : "NEVER",
        answers);
  }
}
