package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.Processes;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * What a server takes.
 *
 * @param residentBytes of all its processes
 * @param liveHeapBytes on its Java heap after a full collection; empty without one
 */
public record Memory(long residentBytes, OptionalLong liveHeapBytes) {
  /** Now: first from the operating system, then after a collection. */
  public static Memory of(Processes server) throws IOException, InterruptedException {
    long resident = server.residentBytes();
    return new Memory(resident, server.liveHeapBytes());
  }
}
