package dev.trailcast.cluster;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/**
 * An Apache Kafka of one broker that is its own controller, as a process of its own on this
 * machine. It does not outlive ours; what it has recorded stays in its directory. For one thread at
 * a time.
 */
public final class KafkaProcess implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final long PATIENCE_SECONDS = 60;

  /**
   * What a cluster has for its own topics is too much for one broker. Who was killed is let in
   * again once its session is over, by default after 9 s.
   */
  private static final String CONFIGURATION =
      """
      process.roles=broker,controller
      node.id=1
      controller.quorum.voters=1@%1$s:%3$d
      listeners=PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d
      advertised.listeners=PLAINTEXT://%1$s:%2$d
      controller.listener.names=CONTROLLER
      inter.broker.listener.name=PLAINTEXT
      listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
      log.dirs=%4$s
      broker.session.timeout.ms=1000
      broker.heartbeat.interval.ms=200
      auto.create.topics.enable=false
      offsets.topic.num.partitions=1
      offsets.topic.replication.factor=1
      transaction.state.log.num.partitions=1
      transaction.state.log.replication.factor=1
      transaction.state.log.min.isr=1
      share.coordinator.state.topic.replication.factor=1
      share.coordinator.state.topic.min.isr=1
      group.initial.rebalance.delay.ms=0
      """;

  // Fixed at birth.
  private final Path libraries;
  private final Path directory;
  private final int port;
  private final int controllerPort;

  private Process process;

  /**
   * Makes one that is not started yet.
   *
   * @param libraries the directory of its jars, which the build fills
   * @param directory where it keeps what it records, and its log; made if need be
   * @param port where clients reach it, on this machine alone
   * @param controllerPort where it reaches itself
   */
  public KafkaProcess(Path libraries, Path directory, int port, int controllerPort) {
    this.libraries = libraries.toAbsolutePath();
    this.directory = directory.toAbsolutePath();
    this.port = port;
    this.controllerPort = controllerPort;
  }

  /** What clients have to know: {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** Where its partitions lie, a directory each. */
  public Path data() {
    return directory.resolve("data");
  }

  /** Where its log goes. */
  public Path console() {
    return directory.resolve("console.log");
  }

  /**
   * Starts it, on what it recorded before if there is any, and waits until it takes requests.
   *
   * @throws IllegalStateException if it does not within a minute; says its log
   */
  public void start() throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path configuration = directory.resolve("server.properties");
    Files.writeString(configuration, CONFIGURATION.formatted(HOST, port, controllerPort, data()));
    if (!Files.exists(data().resolve("meta.properties"))) {
      format(configuration);
    }
    process = launch("kafka.Kafka", configuration.toString());
    awaitReady();
  }

  private void format(Path configuration) throws IOException, InterruptedException {
    process =
        launch(
            "kafka.tools.StorageTool",
            "format",
            "--cluster-id",
            Uuid.randomUuid().toString(),
            "--config",
            configuration.toString());
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException("was not formatted, but:\n" + Files.readString(console()));
    }
  }

  private Process launch(String main, String... arguments) throws IOException {
    if (!Files.isDirectory(libraries)) {
      throw new IllegalStateException(
          "no Kafka in " + libraries + ": ./mvnw process-test-resources brings it");
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1", // it lives for minutes only
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
                // Hundreds of lines of settings.
                "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=warn",
                "-cp",
                libraries + File.separator + "*" + File.pathSeparator + ownClasses(),
                ChildMain.class.getName(),
                main));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(console().toFile())
        .start();
  }

  private static Path ownClasses() {
    return Path.of(
        URI.create(ChildMain.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Map<String, Object> impatient =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_000,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 1_000,
            AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 100);
    try (Admin admin = Admin.create(impatient)) {
      while (process.isAlive() && System.nanoTime() - deadline < 0) {
        try {
          if (!admin.describeCluster().nodes().get().isEmpty()) {
            return;
          }
        } catch (ExecutionException e) {
          // not yet
        }
      }
    }
    close();
    throw new IllegalStateException("takes no requests, but:\n" + Files.readString(console()));
  }

  /** SIGTERM: an orderly end, which is waited for, if it runs. */
  public void stop() throws InterruptedException {
    if (process != null) {
      process.destroy();
      awaitEnd();
    }
  }

  /** SIGKILL: as if the power went. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  private void awaitEnd() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("has not ended");
    }
  }

  /** SIGSTOP: it does nothing, though its connections stay. */
  public void pause() throws IOException, InterruptedException {
    signal("STOP");
    while (!isStopped()) { // a thread that is busy gets there when the machine has time for it
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** Whether none of its threads runs any more, where the operating system says so (Linux). */
  private boolean isStopped() {
    File[] threads = Path.of("/proc", Long.toString(process.pid()), "task").toFile().listFiles();
    return threads == null || Stream.of(threads).allMatch(KafkaProcess::isStopped);
  }

  private static boolean isStopped(File thread) {
    try {
      String stat = Files.readString(thread.toPath().resolve("stat"));
      return stat.startsWith(" T", stat.lastIndexOf(')') + 1);
    } catch (IOException e) { // it has ended
      return true;
    }
  }

  /** SIGCONT: it goes on where it was. */
  public void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException("kill -" + name + " has failed");
    }
  }

  /** Ends it at once, if it runs. */
  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }
}
