package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trailcast.it.Commands;
import dev.trailcast.it.Commands.Kind;
import dev.trailcast.it.Platform;
import dev.trailcast.it.Server;
import dev.trailcast.it.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Payara Micro starts by what the docs tell to type. */
class PayaraMicroCommandIT {
  private static final long PATIENCE_SECONDS = 180;
  private static final int PORT = Platform.port(1);

  @TempDir private Path directory;

  @Test
  void itServesTheApplication() throws Exception {
    assumeTrue(Platform.current() == Platform.PAYARA);
    List<String> commands = Commands.documented(Kind.PAYARA_MICROS);
    assertThat(commands).hasSize(1);
    String command =
        commands
            .get(0)
            .replace("payara-micro.jar", System.getProperty("payara.micro"))
            .replace("9080", Integer.toString(PORT))
            .replace("server-config", Path.of("server-config").toAbsolutePath().toString())
            .replace("target/trailcast.war", System.getProperty("trailcast.war"));
    Process payara = new Shell(directory).start("exec " + command + " > console.log 2>&1");
    try {
      Server server = new Server(URI.create("http://localhost:" + PORT + "/"));
      Await.until("it to serve", PATIENCE_SECONDS, () -> !payara.isAlive() || isReady(server));
      assertThat(payara.isAlive()).as(Files.readString(directory.resolve("console.log"))).isTrue();
      assertThat(directory.resolve("trailcast-data")).isDirectory();
    } finally {
      payara.destroy();
      payara.waitFor();
    }
  }

  private static boolean isReady(Server server) throws InterruptedException {
    try {
      return server.get("health/ready").statusCode() == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }
}
