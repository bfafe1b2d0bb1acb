package dev.trailcast.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A node of Trailcast: an Open Liberty of its own, configured as it is delivered. */
final class Node {
  private static final long PATIENCE_SECONDS = 180;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  // Fixed at birth.
  private final String name;
  private final int port;
  private final Path home = Path.of(System.getProperty("liberty.home"));
  private final Path console;
  private final Map<String, String> environment;

  private volatile Process process;

  /**
   * Makes one that is not started yet.
   *
   * @param logs the directory where its log goes
   * @param environment its settings
   */
  Node(String name, int port, Path logs, Map<String, String> environment) throws IOException {
    this.name = name;
    this.port = port;
    this.console = logs.resolve(name + ".log");
    this.environment = new HashMap<>(environment);
    this.environment.put("HTTP_PORT", Integer.toString(port));
    this.environment.put("JAVA_HOME", System.getProperty("java.home"));
    copy(Path.of(System.getProperty("server.config")), home.resolve("usr/servers").resolve(name));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  String name() {
    return name;
  }

  String address() {
    return "localhost:" + port;
  }

  URI uri() {
    return URI.create("http://" + address());
  }

  long pid() {
    return process.pid();
  }

  void start() throws IOException {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    String command = home.resolve(windows ? "bin/server.bat" : "bin/server").toString();
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command, "run", name))
            .redirectErrorStream(true)
            .redirectOutput(console.toFile());
    builder.environment().putAll(environment);
    process = builder.start();
  }

  /**
   * Comes back when it serves.
   *
   * @throws IllegalStateException if it does not within three minutes
   */
  void awaitReady() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri().resolve("/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (process.isAlive() && System.nanoTime() - deadline < 0) {
      try {
        if (CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // it does not listen yet
      }
      process.waitFor(200, TimeUnit.MILLISECONDS);
    }
    throw new IllegalStateException(name + " does not get ready: see " + console);
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /** Has it end, if it runs. */
  void end() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroy); // on Windows the server is one of them
      process.destroy();
    }
  }

  /** SIGKILL, as if the power went: comes back when it is gone. */
  void kill() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
    }
  }

  /** Comes back when it has ended, which it is given ten seconds for. */
  void awaitEndOrKill() {
    if (process != null) {
      process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
      process.destroyForcibly();
    }
  }
}
