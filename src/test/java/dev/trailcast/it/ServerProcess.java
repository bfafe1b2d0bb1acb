package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A server of its own with the WAR as delivered, to be stopped, killed and started again. */
public final class ServerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 180;
  private static final int PORT = Platform.port(1);

  private final Path directory;
  private final Path console;
  private Process process;

  /** Makes a server of this name, anew. */
  public ServerProcess(String name) throws IOException {
    this.directory = Platform.current().install(name, PORT);
    this.console = directory.resolve("console.log");
  }

  /** Makes one with another application, which knows a database as {@code jdbc/shop}. */
  public ServerProcess(String name, WebArchive war, TestDatabase database) throws IOException {
    this(name);
    Platform platform = Platform.current();
    war.as(ZipExporter.class).exportTo(platform.war(directory).toFile(), true);
    platform.addDatabase(directory, database);
  }

  /** Has it bring MicroProfile Telemetry 2.0; before it is started. */
  public void addTelemetry() throws IOException {
    Platform.current().addTelemetry(directory);
  }

  /** Has it bring no MicroProfile Metrics; before it is started. */
  public void removeMetrics() throws IOException {
    Platform.current().removeMetrics(directory);
  }

  public Server server() {
    return new Server(URI.create("http://localhost:" + PORT + "/"));
  }

  /** Starts it and waits until it is ready. */
  public void start(Map<String, String> environment) throws Exception {
    launch(environment);
    awaitLine(Platform.current().saysWhenUp()); // Payara is healthy before it has an application
    awaitReady();
  }

  /** Waits for a line of its console that contains this. */
  public String awaitLine(String said) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline && process.isAlive()) {
      for (String line : Files.readAllLines(console)) {
        if (line.contains(said)) {
          return line;
        }
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("never said '" + said + "', but:\n" + Files.readString(console));
  }

  /** What it has said since it was started last. */
  public String console() throws IOException {
    return Files.readString(console);
  }

  /** What it can be reached at. */
  public List<Listener> listeners() throws IOException {
    List<Listener> listeners = new ArrayList<>();
    for (ProcessHandle each : virtualMachine().toList()) {
      listeners.addAll(Listener.of(each));
    }
    return listeners;
  }

  /** The operating system's id of its thread of this name, of which that knows 15 characters. */
  public long thread(String name) throws IOException {
    String known = name.substring(0, Math.min(15, name.length()));
    for (ProcessHandle each : virtualMachine().toList()) {
      try (Stream<Path> threads = Files.list(Path.of("/proc/" + each.pid() + "/task"))) {
        for (Path thread : threads.toList()) {
          if (Files.readString(thread.resolve("comm")).strip().equals(known)) {
            return Long.parseLong(thread.getFileName().toString());
          }
        }
      }
    }
    throw new AssertionError("it has no thread " + name);
  }

  /** SIGSTOP: it does nothing, though its connections stay. */
  public void pause() throws Exception {
    signal("STOP");
  }

  /** SIGCONT: it goes on where it was. */
  public void goOn() throws Exception {
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    for (ProcessHandle each : virtualMachine().toList()) {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(each.pid())).start();
      assertThat(kill.waitFor()).isZero();
    }
  }

  /** SIGTERM: an orderly end. */
  public void stop() throws Exception {
    virtualMachine().forEach(ProcessHandle::destroy);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("stopped").isTrue();
  }

  /** SIGKILL: as if the power went. */
  public void kill() throws Exception {
    virtualMachine().forEach(ProcessHandle::destroyForcibly);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("killed").isTrue();
  }

  /**
   * What the server's command has become, or has started and waits for. Payara's asadmin is left to
   * end by itself: until then it hands on what its server says.
   */
  private Stream<ProcessHandle> virtualMachine() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
        .filter(each -> each.children().findAny().isEmpty());
  }

  /** Starts it and waits for nothing. */
  public void launch(Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Platform.current().command(directory, PORT));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HTTP_PORT", Integer.toString(PORT));
    for (String right : List.of("PUBLISH", "SUBSCRIBE", "ADMINISTER")) {
      builder.environment().put("TRAILCAST_ACCESS_" + right, "anyone");
    }
    String journal =
        environment.getOrDefault(
            "TRAILCAST_JOURNAL_DIRECTORY", directory.resolve("trailcast-data").toString());
    Map<String, String> settings = new HashMap<>(Map.of("trailcast.journal.directory", journal));
    TestJournal.current().complete(settings);
    settings.forEach((key, value) -> builder.environment().put(variable(key), value));
    builder.environment().putAll(environment);
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true).redirectOutput(new File(console.toString()));
    process = builder.start();
  }

  /** The variable of the environment that sets this. */
  private static String variable(String key) {
    return key.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private void awaitReady() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        if (server().get("health").statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // it does not listen yet
      }
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("not ready, but:\n" + Files.readString(console));
  }

  @Override
  public void close() {
    if (process != null) {
      Processes.kill(virtualMachine().toList());
    }
  }
}
