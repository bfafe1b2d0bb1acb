package dev.trailcast.benchmark.server;

import java.nio.file.Path;
import java.util.List;

/**
 * A server that runs, until it is closed.
 *
 * @param name as it stands in the results
 * @param port on this machine
 * @param doors where to follow and to publish
 * @param process the first of its processes
 * @param log what they say
 */
public record RunningServer(String name, int port, Doors doors, Process process, Path log)
    implements AutoCloseable {

  /** All its processes. */
  public Processes processes() {
    return Processes.of(process);
  }

  @Override
  public void close() {
    end(process);
  }

  /** Ends a process, and then those that it has started: it shall not start them again. */
  static void end(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }
}
