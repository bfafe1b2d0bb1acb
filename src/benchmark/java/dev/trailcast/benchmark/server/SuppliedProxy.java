package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * nginx in front of Trailcast, configured as delivered but for TLS: HTTP/2 is spoken without it, so
 * that a client has less to do. HTTP/1.1 is spoken at the port after that.
 */
final class SuppliedProxy implements Contender {
  private static final String NAME = "nginx";
  private static final String UPSTREAM = "localhost:9080";
  private static final String LISTEN = "listen 8443 ssl http2;";

  private final Installation installation;
  private final int upstream;
  private final int port;

  SuppliedProxy(Installation installation, int upstream, int port) {
    this.installation = installation;
    this.upstream = upstream;
    this.port = port;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> missing() {
    return Installation.program(NAME).isEmpty()
        ? Optional.of("nginx is not installed")
        : Optional.empty();
  }

  @Override
  public RunningServer start() throws IOException, InterruptedException {
    Path directory = installation.emptyDirectory("proxy");
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(configuration, configuration());
    ProcessBuilder command =
        new ProcessBuilder(
            Installation.program(NAME).orElseThrow().toString(),
            "-p",
            directory.toString(),
            "-c",
            configuration.toString(),
            "-e",
            "stderr",
            "-g",
            "daemon off; pid nginx.pid;");
    return new Launch(NAME, port + 1, Contenders.TRAILCAST_DOORS, "/")
        .start(command, directory.resolve("console.log"));
  }

  private String configuration() throws IOException {
    String delivered = Files.readString(installation.config().resolve("nginx.conf"));
    for (String expected : List.of(UPSTREAM, LISTEN, "http {")) {
      if (!delivered.contains(expected)) {
        throw new IOException("nginx.conf does not say: " + expected);
      }
    }
    StringBuilder paths = new StringBuilder("http {\naccess_log off;\n");
    for (String what : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      paths.append("%s_temp_path %s;\n".formatted(what, what));
    }
    return delivered
        .replace(UPSTREAM, "localhost:" + upstream)
        .replace(
            LISTEN, "listen 127.0.0.1:%d http2; listen 127.0.0.1:%d;".formatted(port, port + 1))
        .replaceAll("(?m)^ *ssl_.*$", "")
        .replace("http {", paths);
  }
}
