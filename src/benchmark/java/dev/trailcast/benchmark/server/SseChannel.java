package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** npm's sse-channel on Node.js: one thread, without a journal. */
final class SseChannel implements Contender {
  private static final String VERSION = "4.0.2";
  private static final Duration INSTALLING = Duration.ofMinutes(3);
  private static final String SCRIPT =
      """
      const http = require('http');
      const SseChannel = require('sse-channel');

      const channel = new SseChannel();
      http.createServer((request, response) => {
        if (request.url === '/follow') {
          channel.addClient(request, response);
        } else if (request.url === '/publish') {
          const body = [];
          request.on('data', piece => body.push(piece));
          request.on('end', () => {
            channel.send(Buffer.concat(body).toString());
            response.writeHead(201).end();
          });
        } else {
          response.end();
        }
      }).listen(%d, '127.0.0.1', 4096);
      """;

  private final Installation installation;
  private final Launch launch;

  SseChannel(Installation installation, int port) {
    this.installation = installation;
    launch = new Launch("sse-channel", port, Doors.plain("/follow", "/publish"), "/ready");
  }

  @Override
  public String name() {
    return launch.name();
  }

  @Override
  public Optional<String> missing() {
    return Installation.program("node").isEmpty() || Installation.program("npm").isEmpty()
        ? Optional.of("node and npm are not installed")
        : Optional.empty();
  }

  @Override
  public RunningServer start() throws IOException, InterruptedException {
    Path directory = Files.createDirectories(installation.work().resolve("sse-channel"));
    if (Files.notExists(directory.resolve("node_modules/sse-channel"))) {
      String npm = Installation.program("npm").orElseThrow().toString();
      Command.output(
          INSTALLING,
          List.of(
              npm,
              "install",
              "--prefix",
              directory.toString(),
              "--no-audit",
              "--no-fund",
              "sse-channel@" + VERSION));
    }
    Path script = directory.resolve("server.js");
    Files.writeString(script, SCRIPT.formatted(launch.port()));
    String node = Installation.program("node").orElseThrow().toString();
    return launch.start(
        new ProcessBuilder(node, script.toString()), directory.resolve("console.log"));
  }
}
