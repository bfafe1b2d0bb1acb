package dev.trailcast.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.net.httpserver.HttpServer;
import dev.trailcast.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code server-config/health}, in each shell and with each client that is there. */
class HealthScriptTest {
  private static final Path SCRIPT = Path.of("server-config/health").toAbsolutePath();
  private static final List<Path> PROGRAMS = List.of(Path.of("/usr/bin"), Path.of("/bin"));
  private static final String DOWN =
      """
      {"checks":[{"data":{"problem":"the disk \\"x\\" is full","queued":0},"status":"DOWN"},
      {"data":{"application":"/"},"status":"UP"},
      {"data":{ "problem" : "it ends" },"status":"DOWN"}],"status":"DOWN"}
      """;

  @TempDir Path bin;

  private record Outcome(int exit, String said) {}

  static Stream<Arguments> shellsAndClients() {
    return Stream.of("dash", "bash")
        .flatMap(shell -> Stream.of("curl", "wget").map(client -> arguments(shell, client)));
  }

  @ParameterizedTest
  @MethodSource("shellsAndClients")
  void saysThatAServerIsUp(String shell, String client) throws Exception {
    HttpServer server = answering(200, "{\"status\":\"UP\",\"checks\":[]}");
    try {
      String url = url(server.getAddress().getPort());

      assertThat(run(shell, client, url)).isEqualTo(new Outcome(0, "UP ready " + url));
      assertThat(run(shell, client, url + "/", "live")).isEqualTo(new Outcome(0, "UP live " + url));
      assertThat(run(shell, client, "-q", url, "all")).isEqualTo(new Outcome(0, ""));
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @MethodSource("shellsAndClients")
  void takesAnEmptyAnswerForNone(String shell, String client) throws Exception {
    HttpServer server = answering(200, "");
    try {
      String url = url(server.getAddress().getPort());

      assertThat(run(shell, client, "-q", url))
          .isEqualTo(new Outcome(1, "DOWN ready " + url + ": nothing but status 200: it ends"));
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @MethodSource("shellsAndClients")
  void saysWhyAServerIsDown(String shell, String client) throws Exception {
    HttpServer server = answering(503, DOWN);
    try {
      String url = url(server.getAddress().getPort());

      assertThat(run(shell, client, "-q", url))
          .isEqualTo(new Outcome(1, "DOWN ready " + url + ": the disk \"x\" is full; it ends"));
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @MethodSource("shellsAndClients")
  void givesUpOnOneThatDoesNotAnswer(String shell, String client) throws Exception {
    try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = url(hanging.getLocalPort());

      assertThat(run(shell, client, "-t", "1", url, "started"))
          .isEqualTo(new Outcome(1, "DOWN started " + url + ": no answer within 1 s"));
    }
  }

  @ParameterizedTest
  @MethodSource("shellsAndClients")
  void saysThatNobodyIsThere(String shell, String client) throws Exception {
    int free;
    try (ServerSocket soon = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      free = soon.getLocalPort();
    }

    assertThat(run(shell, client, url(free)))
        .isEqualTo(new Outcome(1, "DOWN ready " + url(free) + ": no answer within 5 s"));
  }

  @ParameterizedTest
  @MethodSource("shellsAndClients")
  void refusesWhatItDoesNotKnow(String shell, String client) throws Exception {
    for (String[] wrong :
        List.of(
            new String[] {"http://localhost:1", "alive"},
            new String[] {"-t", "1s"},
            new String[] {"-x"})) {
      Outcome outcome = run(shell, client, wrong);

      assertThat(outcome.exit()).isEqualTo(1);
      assertThat(outcome.said()).contains("DOWN usage: ");
    }
  }

  private static HttpServer answering(int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/health",
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  /** With this client, and not the other. */
  private Outcome run(String shell, String client, String... arguments) throws Exception {
    for (String program : List.of(shell, client, "awk", "grep", "timeout")) {
      Path link = bin.resolve(program);
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, find(program));
      }
    }
    List<String> command =
        new ArrayList<>(List.of(bin.resolve(shell).toString(), SCRIPT.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", bin.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), said.strip());
  }

  private static Path find(String program) {
    Path found =
        PROGRAMS.stream()
            .map(directory -> directory.resolve(program))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(
        found != null || System.getenv("CI") != null, program + " is not installed");
    assertThat(found).as(program + " is not installed").isNotNull();
    return found;
  }
}
