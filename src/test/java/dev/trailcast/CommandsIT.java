package dev.trailcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Commands;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the docs tell to type is typed, where that needs nothing but a server or its WAR. */
@ExtendWith(ArquillianExtension.class)
class CommandsIT {
  /**
   * Asks the server of the test, takes what is refused for a failure, and ends what has no end; it
   * stands before the real one.
   */
  private static final String CURL =
      """
      #!/bin/bash
      arguments=("${@//localhost:9080\\/api/%1$sapi}")
      seconds=30
      [[ " $* " == *" -N "* ]] && seconds=5
      PATH=${PATH#*:} curl "${arguments[@]//localhost:9080/%2$s}" --fail --silent --show-error -m $seconds
      code=$?
      ((code == 28 && seconds == 5)) || exit $code
      """;

  @TempDir private static Path directory;

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with(); // what is typed is recorded, too
  }

  @Test
  void curlIsAnsweredWhateverItIsToAsk() throws Exception {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    String authority = server.base().getAuthority();
    Path curl = bin.resolve("curl");
    Files.writeString(curl, CURL.formatted(authority + server.base().getPath(), authority));
    assertThat(curl.toFile().setExecutable(true)).isTrue();
    Files.writeString(directory.resolve("activities.ndjson"), "{\"type\":\"page.viewed\"}\n");
    server.record("{\"source\":\"/shop\",\"type\":\"order.placed\"}");
    Map<String, Process> running = new HashMap<>();
    for (String command : Commands.documented()) {
      if (command.startsWith("curl ") && command.contains("localhost:9080") && isOpen(command)) {
        running.put(command, start("PATH=" + bin + ":$PATH; " + command));
      }
    }

    assertThat(running).hasSizeGreaterThan(15);
    for (Map.Entry<String, Process> each : running.entrySet()) {
      assertThat(said(each.getKey(), each.getValue())).as(each.getKey()).isNotBlank();
    }
  }

  /** Else it has to be said who asks. */
  private static boolean isOpen(String command) {
    return !command.contains(" -u ") && !command.contains("Authorization");
  }

  @Test
  void journalsAreBackedUpVerifiedAndRestoredWithoutAServer() throws Exception {
    Path journal = Files.createDirectories(directory.resolve("trail/trailcast-data"));
    Files.copy(Path.of("src/test/resources/journals/journal-3.db"), journal.resolve("journal.db"));
    Path backups = directory.resolve("backups/trail");
    List<String> commands =
        Commands.documented().stream().filter(each -> each.contains("/var/backups")).toList();
    assertThat(commands).hasSize(3); // backup, verify, and what restores it

    for (String each : commands) {
      String command =
          each.replace("server-config", Path.of("server-config").toAbsolutePath().toString())
              .replace("trailcast.war", System.getProperty("trailcast.war"))
              .replaceAll("trailcast-\\d{8}T\\S+\\.db", onlyFileOf(backups))
              .replace("/var/backups/trail", backups.toString())
              .replace("/var/lib/trail", journal.getParent().toString());
      said(command, start(command));
    }
    assertThat(journal.resolve("journal.db"))
        .hasSameBinaryContentAs(backups.resolve(onlyFileOf(backups)));
  }

  private static String onlyFileOf(Path backups) throws IOException {
    if (!Files.exists(backups)) {
      return "none";
    }
    try (Stream<Path> files = Files.list(backups)) {
      return files
          .map(each -> each.getFileName().toString())
          .filter(name -> name.endsWith(".db"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Process start(String command) throws IOException {
    ProcessBuilder bash = new ProcessBuilder("bash", "-e", "-o", "pipefail", "-c", command);
    bash.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return bash.directory(directory.toFile()).redirectErrorStream(true).start();
  }

  private static String said(String command, Process process) throws Exception {
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s said %s", command, said).isZero();
    return said;
  }
}
