package dev.trailcast.it.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A directory and the processes that live in it; closing it leaves nothing of either. */
final class Sandbox implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;
  private static final int ATTEMPTS = 5;

  private final Path directory;
  private final List<Program> programs = new ArrayList<>();

  Sandbox() {
    try {
      directory = Files.createTempDirectory("trailcast-browser");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory() {
    return directory;
  }

  /** Starts a program for which this directory is its home. */
  Program start(Map<String, String> environment, List<String> command) throws IOException {
    Path log = directory.resolve("log-" + programs.size());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", directory.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
    builder.environment().putAll(environment);
    Program program =
        new Program(
            builder
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start(),
            log);
    programs.add(program);
    return program;
  }

  /** An attempt to start something, which returns when it is up. */
  interface Start<T> {
    T attempt() throws IOException;
  }

  /**
   * Starts something anew, a few times, where it ends instead of coming up: between a program's, or
   * a test's, choice of a port and its use anybody may connect from it.
   */
  static <T> T persistently(Start<T> start) throws IOException {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return start.attempt();
      } catch (EndedException e) {
        // what it said, all programs' output has
      }
    }
    return start.attempt();
  }

  /** A program has ended that was to come up. */
  static final class EndedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private EndedException(String what) {
      super(what);
    }
  }

  /** What all programs have said. */
  String said() {
    StringBuilder said = new StringBuilder();
    programs.forEach(program -> said.append(program.said()));
    return said.toString();
  }

  @Override
  public void close() {
    List<ProcessHandle> all =
        programs.stream()
            .map(program -> program.process.toHandle())
            .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
            .toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(
        handle ->
            handle.onExit().completeOnTimeout(handle, PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One that was started here. */
  record Program(Process process, Path log) {
    String said() {
      try {
        return Files.readString(log);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits until it says something like this, and returns what the first group matches. */
    String await(Pattern something) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      do {
        Matcher matcher = something.matcher(said());
        if (matcher.find()) {
          return matcher.group(1);
        }
      } while (breathes() && System.nanoTime() < deadline);
      throw late("say " + something);
    }

    /** Waits until it listens. */
    void awaitListening(int port) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      do {
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress("127.0.0.1", port));
          return;
        } catch (IOException e) {
          // not yet
        }
      } while (breathes() && System.nanoTime() < deadline);
      throw late("listen");
    }

    private IllegalStateException late(String what) {
      return process.isAlive()
          ? new IllegalStateException("does not " + what + " within " + PATIENCE_SECONDS + " s")
          : new EndedException("has ended, and was to " + what);
    }

    /** Whether it is alive after one more moment. */
    private boolean breathes() {
      try {
        return !process.waitFor(20, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
