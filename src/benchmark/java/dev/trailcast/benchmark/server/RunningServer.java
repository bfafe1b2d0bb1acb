package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A server that runs, until it is closed. Safe for use by many threads. */
public final class RunningServer implements AutoCloseable {
  private static final long END_SECONDS = 10;

  /** What a process needs to be reaped when its connections have broken. */
  private static final long REAPING_MILLIS = 500;

  // fixed at birth
  private final String name;
  private final int port;
  private final Doors doors;
  private final Process process;
  private final Path log;

  // safe by itself: whom the process has started, also when it is gone itself
  private final Set<ProcessHandle> descendants = ConcurrentHashMap.newKeySet();

  RunningServer(String name, int port, Doors doors, Process process, Path log) {
    this.name = name;
    this.port = port;
    this.doors = doors;
    this.process = process;
    this.log = log;
  }

  /** As it stands in the results. */
  public String name() {
    return name;
  }

  /** On this machine. */
  public int port() {
    return port;
  }

  /** Where events come in and go out. */
  public Doors doors() {
    return doors;
  }

  /** What its processes say. */
  public Path log() {
    return log;
  }

  /** All its processes. */
  public Processes processes() {
    process.descendants().forEach(descendants::add);
    return Processes.of(process);
  }

  /**
   * Expects that it has not ended by itself, and does not within a moment.
   *
   * @throws IOException if it has
   */
  public void checkRunning() throws IOException, InterruptedException {
    if (process.waitFor(REAPING_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new IOException("its process has ended, with status " + process.exitValue());
    }
  }

  /**
   * Ends its first process, and then those that it has started: it shall not start them again. A
   * process that is stopped ends like any other. Waits for them: the next server may need the port.
   */
  @Override
  public void close() {
    process.descendants().forEach(descendants::add);
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    Stream<CompletableFuture<?>> ends =
        Stream.concat(Stream.of(process.toHandle()), descendants.stream())
            .map(ProcessHandle::onExit);
    try {
      CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
          .get(END_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      System.out.println("  " + name + " does not end: process " + process.pid());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
