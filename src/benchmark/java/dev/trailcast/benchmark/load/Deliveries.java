package dev.trailcast.benchmark.load;

import java.util.Optional;

/**
 * What came of one run.
 *
 * @param published events that the server has taken
 * @param refused events that it has not, or not said so
 * @param cutOff connections that the server has ended by then
 * @param deliveries there should be, to those who do not stall
 * @param checked how many of them were to be looked at one by one
 * @param joining what it took until everybody followed, where they came before anything was sent
 * @param time what it took from then on
 * @param memory of the server with the readers still there
 * @param findings what the readers saw
 */
public record Deliveries(
    int published,
    int refused,
    int cutOff,
    long deliveries,
    long checked,
    Optional<Joining> joining,
    Stopwatch.Time time,
    Memory memory,
    Findings findings) {
  /** Deliveries there were. Of what is not looked at one by one it is taken that it came alike. */
  public double made() {
    return checked == 0 ? 0 : (double) time.delivered() / checked * deliveries;
  }
}
