package dev.trailcast.benchmark.server;

import java.nio.file.Path;
import java.util.List;

/**
 * A server that runs, until it is closed.
 *
 * @param name as it stands in the results
 * @param port on this machine
 * @param paths where to follow and to publish
 * @param process the first of its processes
 * @param log what they say
 */
public record RunningServer(String name, int port, Paths paths, Process process, Path log)
    implements AutoCloseable {

  /** Where to follow and to publish. */
  public record Paths(String follow, String publish) {}

  /** The path of the stream. */
  public String followPath() {
    return paths.follow();
  }

  /** The path that takes events. */
  public String publishPath() {
    return paths.publish();
  }

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
