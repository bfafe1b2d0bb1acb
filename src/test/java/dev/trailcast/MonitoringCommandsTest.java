package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Commands;
import dev.trailcast.it.Commands.Kind;
import dev.trailcast.it.Machine;
import dev.trailcast.it.Shell;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the docs tell to type at Prometheus. */
class MonitoringCommandsTest {
  @TempDir private Path directory;

  @Test
  void rulesAreCheckedAndPrometheusStarts() throws Exception {
    Machine.mustHave("prometheus", Machine.program("prometheus").isPresent());
    Shell shell = new Shell(directory);
    shell.standIn("prometheus", serving(Machine.program("prometheus").orElseThrow()));

    List<String> commands = Commands.documented(Kind.OF_MONITORING);
    assertThat(commands).hasSize(2);
    StringBuilder said = new StringBuilder();
    for (String command : commands) {
      String files = Path.of("server-config").toAbsolutePath().toString();
      said.append(shell.type(command.replace("server-config", files)));
    }
    assertThat(said).contains("SUCCESS", "Server is ready to receive web requests");
  }

  /** Ends it when it serves, or has not within a minute. */
  private static String serving(Path prometheus) {
    return """
        coproc %s "$@" --web.listen-address=localhost:0 2>&1
        trap 'kill $COPROC_PID' EXIT
        while read -r -t 60 line <&"${COPROC[0]}"; do
          echo "$line"
          [[ $line != *"Server is ready"* ]] || exit 0
        done
        exit 1
        """
        .formatted(prometheus);
  }
}
