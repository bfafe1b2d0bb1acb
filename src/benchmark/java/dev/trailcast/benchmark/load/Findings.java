package dev.trailcast.benchmark.load;

/**
 * What the readers of one run saw.
 *
 * @param checked how many readers looked at each event
 * @param lost events that the server had taken and that did not come
 * @param doubled events that came again
 * @param disordered events that came behind a later one of the same publisher
 * @param orders how many different orders there were among the readers
 * @param compressed whether the stream came compressed
 * @param latencies from when an event was due until a reader had it
 */
public record Findings(
    int checked,
    long lost,
    long doubled,
    long disordered,
    long orders,
    boolean compressed,
    Latencies latencies) {}
