package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Commands;
import dev.trailcast.it.Commands.Kind;
import dev.trailcast.it.Server;
import dev.trailcast.it.Shell;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A domain of Payara Server, at its own ports, by what the docs tell to type. */
@EnabledIfSystemProperty(named = "arquillian.launch", matches = "payara-server")
class PayaraServerCommandsIT {
  private static final int HTTP = 8080;
  private static final List<Integer> CLOSED = List.of(8181, 3700, 3820, 3920, 8686);

  /** It is a domain of its own; the one that came with the server is left as it is. */
  private static final String ASADMIN =
      """
      asadmin() { "$JAVA_HOME/bin/java" -jar %s/glassfish/lib/client/appserver-cli.jar "$@"; }
      if [[ $1 == *-domain ]]; then asadmin "$1" --domaindir domains "${@:2}"; else asadmin "$@"; fi
      """;

  @TempDir private Path directory;

  private Shell shell;

  @BeforeEach
  void makeDomain() throws Exception {
    Path home = Path.of(System.getProperty("payara.server")).toAbsolutePath();
    shell = new Shell(directory);
    shell.standIn("asadmin", ASADMIN.formatted(home));
    shell.type("mkdir domains && cp -r '%s/glassfish/domains/domain1' domains/".formatted(home));
  }

  @AfterEach
  void stopDomain() throws Exception {
    shell.type("asadmin stop-domain --kill=true domain1");
  }

  @Test
  void aDomainServesTheApplicationAndHasClosedWhatItNeedNotHave() throws Exception {
    Path commands = directory.resolve("trailcast.asadmin");
    Files.copy(Path.of("server-config/payara/trailcast.asadmin"), commands);
    List<String> all = Commands.documented(Kind.PAYARA_SERVERS);
    List<String> sets = all.stream().filter(each -> each.startsWith("set ")).toList();
    assertThat(sets).hasSize(3);
    Files.writeString(commands, Files.readString(commands) + String.join("\n", sets) + "\n");

    for (String command : all) {
      if (command.startsWith("asadmin ")) {
        shell.type(
            command
                .replace("server-config/payara/trailcast.asadmin", commands.toString())
                .replace("target/trailcast.war", System.getProperty("trailcast.war")));
      }
    }

    Server server = new Server(URI.create("http://localhost:" + HTTP + "/"));
    assertThat(server.get("health/ready").statusCode()).isEqualTo(200);
    assertThat(CLOSED).noneMatch(PayaraServerCommandsIT::isOpen);
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("localhost", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
