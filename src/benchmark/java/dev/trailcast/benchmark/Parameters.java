package dev.trailcast.benchmark;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How much is measured, from the system properties {@code benchmark.…}.
 *
 * @param scenarios which, by name; empty is all
 * @param peers who takes part beside Trailcast, by parts of their names; empty is all
 * @param size of the crowds
 * @param pace of publishing
 * @param times how long and how often
 */
public record Parameters(
    List<String> scenarios, List<String> peers, Size size, Pace pace, Times times) {
  /**
   * Of the crowds.
   *
   * @param readers in most scenarios
   * @param crowd of idle readers, and of readers with a filter each
   * @param stalled how many of the readers stop reading, each number in a run of its own
   * @param scale how many readers where it is measured what more of them cost
   * @param publishers at a time
   */
  public record Size(
      int readers, int crowd, List<Integer> stalled, List<Integer> scale, int publishers) {}

  /**
   * Of publishing, in events a second of all publishers together.
   *
   * @param paced where latency and CPU are compared
   * @param stalled where readers stall
   * @param filters where everybody has a filter
   * @param gzip where streams are compressed
   * @param scale in deliveries a second, not events
   * @param soak for a long time
   */
  public record Pace(int paced, int stalled, int filters, int gzip, int scale, int soak) {}

  /**
   * How long and how often.
   *
   * @param warmUp before the first round, for each side
   * @param measured in each round, for each side
   * @param rounds in which the sides take turns
   * @param soak of the long scenario
   */
  public record Times(Duration warmUp, Duration measured, int rounds, Duration soak) {}

  static Parameters fromSystemProperties() {
    return new Parameters(
        list("scenarios"),
        list("peers"),
        new Size(
            number("readers"),
            number("crowd"),
            numbers("stalled"),
            numbers("scale"),
            number("publishers")),
        new Pace(
            number("paced.rate"),
            number("stalled.rate"),
            number("filters.rate"),
            number("gzip.rate"),
            number("scale.rate"),
            number("soak.rate")),
        new Times(
            Duration.ofSeconds(number("warmup.seconds")),
            Duration.ofSeconds(number("seconds")),
            number("rounds"),
            Duration.ofMinutes(number("soak.minutes"))));
  }

  /** Whether somebody takes part. */
  boolean takesPart(String peer) {
    return peers.isEmpty() || peers.stream().anyMatch(peer::contains);
  }

  /** In a sentence. */
  String toText() {
    return "%,d readers, %d publishers; warmed up for %d s, then %d rounds of %d s in turns."
        .formatted(
            size.readers(),
            size.publishers(),
            times.warmUp().toSeconds(),
            times.rounds(),
            times.measured().toSeconds());
  }

  private static int number(String name) {
    return Integer.parseInt(System.getProperty("benchmark." + name));
  }

  private static List<Integer> numbers(String name) {
    return list(name).stream().map(Integer::valueOf).toList();
  }

  private static List<String> list(String name) {
    return Arrays.stream(System.getProperty("benchmark." + name, "").split(","))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }
}
