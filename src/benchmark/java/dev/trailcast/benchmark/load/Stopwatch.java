package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.Processes;

/** Time and what is used of it, from its making on. */
public final class Stopwatch {
  private final Processes server;
  private final Readers readers;
  private final long start = System.nanoTime();
  private final long bytes;
  private final double serverCpu;
  private final long serverWrites;
  private final double generatorCpu;
  private final long[] readerCpu;

  Stopwatch(Processes server, Readers readers) {
    this.server = server;
    this.readers = readers;
    bytes = readers.bytes();
    serverCpu = server.cpuSeconds();
    serverWrites = server.writeCalls();
    generatorCpu = Processes.self().cpuSeconds();
    readerCpu = readers.cpuNanos();
  }

  /**
   * What has been used.
   *
   * @param seconds from the start until the last delivery
   * @param delivered events, to all readers
   * @param bytes that readers received, with all framing
   * @param serverCpu seconds, from the operating system
   * @param serverWrites its system calls that write
   * @param generatorCpu what serverCpu is, of this process
   * @param busiest share of the time that the busiest of the generator's reading threads was busy
   */
  public record Time(
      double seconds,
      long delivered,
      long bytes,
      double serverCpu,
      long serverWrites,
      double generatorCpu,
      double busiest) {}

  Time time() {
    double elapsed = (System.nanoTime() - start) / 1e9;
    double untilLast = (readers.lastArrival() - start) / 1e9;
    long busiest = 0;
    long[] now = readers.cpuNanos();
    for (int i = 0; i < now.length; i++) {
      busiest = Math.max(busiest, now[i] - readerCpu[i]);
    }
    return new Time(
        readers.lastArrival() == 0 ? elapsed : untilLast,
        readers.delivered(),
        readers.bytes() - bytes,
        server.cpuSeconds() - serverCpu,
        server.writeCalls() - serverWrites,
        Processes.self().cpuSeconds() - generatorCpu,
        busiest / 1e9 / elapsed);
  }
}
