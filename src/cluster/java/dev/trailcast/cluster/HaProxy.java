package dev.trailcast.cluster;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** HAProxy in front of the nodes, configured as it is delivered, but without TLS. */
final class HaProxy {
  private static final String SERVER = "  server trailcast";

  private final Path program;
  private final int port;
  private final Path configuration;
  private Process process;

  private HaProxy(Path program, int port, List<Node> nodes, Path directory) throws IOException {
    this.program = program;
    this.port = port;
    this.configuration = directory.resolve("haproxy.cfg");
    Files.writeString(
        configuration,
        configuration(
            Files.readString(Path.of(System.getProperty("proxy.config"), "haproxy.cfg")),
            port,
            nodes.stream().collect(Collectors.toMap(Node::name, Node::address))));
  }

  /**
   * What is delivered, with each of its lines for a server once for each node.
   *
   * @param addresses of the nodes, by their names
   */
  static String configuration(String delivered, int port, Map<String, String> addresses) {
    return delivered
        .lines()
        .flatMap(
            line ->
                line.startsWith(SERVER)
                    ? addresses.entrySet().stream()
                        .map(
                            node ->
                                line.replace(SERVER, "  server " + node.getKey())
                                    .replace("localhost:9080", node.getValue()))
                    : Stream.of(line))
        .map(line -> line.startsWith("  bind ") ? "  bind localhost:" + port : line)
        .map(line -> line.replace("X-Forwarded-Proto https", "X-Forwarded-Proto http"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** The one that is installed here; it is not started yet. */
  static Optional<HaProxy> find(int port, List<Node> nodes, Path directory) throws IOException {
    Optional<Path> program =
        Stream.concat(
                Stream.of(System.getenv("PATH").split(File.pathSeparator)),
                Stream.of("/usr/sbin", "/usr/local/sbin"))
            .map(each -> Path.of(each, "haproxy"))
            .filter(Files::isExecutable)
            .findFirst();
    return program.isEmpty()
        ? Optional.empty()
        : Optional.of(new HaProxy(program.get(), port, nodes, directory));
  }

  URI uri() {
    return URI.create("http://localhost:" + port);
  }

  /**
   * Starts it.
   *
   * @throws IllegalStateException if it does not like its configuration
   */
  void start() throws IOException, InterruptedException {
    Path log = configuration.resolveSibling("haproxy.log");
    process =
        new ProcessBuilder(program.toString(), "-db", "-f", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.waitFor(1, TimeUnit.SECONDS)) {
      throw new IllegalStateException("HAProxy has ended: see " + log);
    }
  }

  /** Ends it, if it runs. */
  void end() {
    if (process != null) {
      process.destroy();
    }
  }
}
