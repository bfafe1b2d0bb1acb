package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Centrifugo 6, in memory: published to by its HTTP API, followed by its unidirectional SSE. It
 * takes the JSON as it is and wraps it in a message of its own.
 */
final class Centrifugo implements Contender {
  /**
   * Anybody may follow; nothing is kept; what waits for a reader is bounded so generously that it
   * loses nobody; and it calls nobody's home.
   */
  private static final String CONFIGURATION =
      """
      {
        "http_server": {"address": "127.0.0.1", "port": "%d"},
        "http_api": {"insecure": true, "error_mode": "transport"},
        "uni_sse": {"enabled": true},
        "health": {"enabled": true},
        "usage_stats": {"disabled": true},
        "log": {"level": "error"},
        "client": {
          "allow_anonymous_connect_without_token": true,
          "queue_max_size": 268435456
        },
        "channel": {
          "without_namespace": {
            "allow_subscribe_for_client": true,
            "allow_subscribe_for_anonymous": true
          }
        }
      }
      """;

  private static final String SUBSCRIPTION = "{\"subs\":{\"benchmark\":{}}}";
  private static final Doors DOORS =
      new Doors(
          "/connection/uni_sse?cf_connect="
              + URLEncoder.encode(SUBSCRIPTION, StandardCharsets.UTF_8),
          "/api/publish",
          "application/json",
          List.of(),
          json -> "{\"channel\":\"benchmark\",\"data\":" + json + "}");

  private final Installation installation;
  private final GivenProgram program = new GivenProgram("centrifugo");
  private final Launch launch;

  Centrifugo(Installation installation, int port) {
    this.installation = installation;
    launch = new Launch(Contenders.CENTRIFUGO, port, DOORS, "/health");
  }

  @Override
  public String name() {
    return launch.name();
  }

  /** One of before 6 is configured otherwise. */
  @Override
  public Optional<String> missing() throws InterruptedException {
    return program.missing("--help", "--http_api.insecure");
  }

  @Override
  public RunningServer start() throws IOException, InterruptedException {
    Path directory = installation.emptyDirectory("centrifugo");
    Path configuration = directory.resolve("config.json");
    Files.writeString(configuration, CONFIGURATION.formatted(launch.port()));
    ProcessBuilder command =
        new ProcessBuilder(program.path().toString(), "--config", configuration.toString());
    return launch.start(command.directory(directory.toFile()), directory.resolve("console.log"));
  }
}
