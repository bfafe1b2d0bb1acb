package dev.trailcast.security;

import static dev.trailcast.it.Visitor.ADMINISTERING;
import static dev.trailcast.it.Visitor.FOLLOWING;
import static dev.trailcast.it.Visitor.RECORDING;
import static dev.trailcast.it.Visitor.assertMay;
import static dev.trailcast.it.Visitor.assertUnknown;
import static dev.trailcast.it.Visitor.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.Commands;
import dev.trailcast.it.HostArchive;
import dev.trailcast.it.Server;
import dev.trailcast.it.Shell;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.Visitor;
import dev.trailcast.it.Website;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every door in a WAR of somebody else's that asks for passwords (BASIC) for whatever is below
 * {@code /api}: {@code support} may record, {@code shop} may administer, whoever is logged in may
 * follow.
 */
@ExtendWith(ArquillianExtension.class)
class HostPasswordIT {
  private static final TestIssuer ISSUER = new TestIssuer("k1");
  private static final Website KEYS = new Website("application/json", TestIssuer.jwks(ISSUER));

  private static final Path BACKUPS = Path.of(TestArchive.newJournalDirectory());

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive host() {
    return HostArchive.named(
            "host.war",
            TestIssuer.takenBy(
                KEYS,
                "trailcast.access.publish",
                "role:support",
                "trailcast.access.subscribe",
                "authenticated",
                "trailcast.access.administer",
                "role:shop",
                "trailcast.backup.directory",
                BACKUPS.toString()))
        .setWebXML("basic-login.xml");
  }

  @AfterAll
  static void stopKeys() {
    KEYS.close();
  }

  @Test
  void whoeverSendsItsPasswordMayDoWhatItsRolesMay() throws Exception {
    Visitor visitor = Visitor.of(server);

    assertMay(visitor.told(password("alice", "secret")), RECORDING, FOLLOWING);
    assertMay(visitor.told(password("bob", "secret")), FOLLOWING, ADMINISTERING);
  }

  @Test
  void nobodyElseGetsPastTheHostsConstraint() throws Exception {
    Visitor visitor = Visitor.of(server);

    assertUnknown("nobody", visitor.told());
    assertUnknown("a wrong password", visitor.told(password("alice", "wrong")));
    assertUnknown(
        "a token, which the host does not know",
        visitor.told(bearer(ISSUER.sign(TestIssuer.claims("carol", "support")))));
    assertThat(server.get("trailcast.html").statusCode()).isEqualTo(200);
  }

  @Test
  void whatTheDocsTellAnAdministratorToTypeIsDone(@TempDir Path directory) throws Exception {
    Shell shell = new Shell(directory);
    shell.standInForCurl("https://trail.example.com/", server.base().toString());
    String readers = "curl -u bob:secret https://trail.example.com/api/readers";
    Process following =
        shell.start("curl -N -u bob:secret https://trail.example.com/api/events?source=/host");
    Await.until("the reader to be there", () -> shell.type(readers).contains("/host"));
    JsonObject reader = Server.json(shell.type(readers)).getJsonArray("readers").getJsonObject(0);

    List<String> commands = Commands.documented(Commands.Kind.ADMINISTRATORS);
    assertThat(commands).hasSize(4);
    for (String command : commands) {
      shell.type(
          command
              .replace("-u ada", "-u bob:secret")
              .replaceFirst("(?<=readers/)[\\w-]+", reader.getString("id")));
    }
    assertThat(Shell.said("following", following)).contains("trailcast.closing", "ended");
    assertThat(BACKUPS).isDirectoryContaining(file -> file.toString().endsWith(".db"));
  }

  private static String[] password(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new String[] {"Authorization", "Basic " + Base64.getEncoder().encodeToString(both)};
  }
}
