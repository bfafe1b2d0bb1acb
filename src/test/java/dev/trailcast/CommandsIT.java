package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Commands;
import dev.trailcast.it.Commands.Kind;
import dev.trailcast.it.Server;
import dev.trailcast.it.Shell;
import dev.trailcast.it.TestArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the docs tell anyone to type is typed, at a server and at a journal without one. */
@ExtendWith(ArquillianExtension.class)
class CommandsIT {
  @TempDir private Path directory;

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with(); // what is typed is recorded, too
  }

  @Test
  void curlIsAnsweredWhateverItIsToAsk() throws Exception {
    Shell shell = new Shell(directory);
    shell.standInForCurl(server);
    Files.writeString(directory.resolve("activities.ndjson"), "{\"type\":\"page.viewed\"}\n");
    server.record("{\"source\":\"/shop\",\"type\":\"order.placed\"}");
    Map<String, Process> running = new HashMap<>();
    for (String command : Commands.documented(Kind.ANYONES)) {
      running.put(command, shell.start(command));
    }

    assertThat(running).hasSizeGreaterThan(15);
    for (Map.Entry<String, Process> each : running.entrySet()) {
      assertThat(Shell.said(each.getKey(), each.getValue())).as(each.getKey()).isNotBlank();
    }
  }

  @Test
  void journalsAreBackedUpVerifiedRestoredAndWeighedWithoutAServer() throws Exception {
    Shell shell = new Shell(Files.createDirectories(directory.resolve("trail")));
    Path journal = Files.createDirectories(directory.resolve("trail/trailcast-data"));
    Files.copy(Path.of("src/test/resources/journals/journal-3.db"), journal.resolve("journal.db"));
    Path backups = directory.resolve("backups/trail");

    for (String each : Commands.documented(Kind.OF_FILES)) {
      shell.type(
          each.replace("server-config", Path.of("server-config").toAbsolutePath().toString())
              .replace("trailcast.war", System.getProperty("trailcast.war"))
              .replaceAll("trailcast-\\d{8}T\\S+\\.db", onlyFileOf(backups))
              .replace("/var/backups/trail", backups.toString())
              .replace("/var/lib/trail", journal.getParent().toString()));
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
}
