package dev.trailcast.benchmark.load;

/**
 * What it took until readers followed.
 *
 * @param readers how many
 * @param seconds from the first connection until the last response had begun
 * @param serverCpu seconds, from the operating system
 */
public record Joining(int readers, double seconds, double serverCpu) {}
