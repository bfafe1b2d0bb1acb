package dev.trailcast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the docs tell to type, as far as it can be said without doing it: see {@link Commands}. */
class CommandsTest {
  private static final Pattern FILE =
      Pattern.compile("(?<![\\w./-])(?:server-config|src)/[\\w./-]+");
  private static final Pattern PROFILE = Pattern.compile("\\./mvnw\\b.* -P(\\w+)");

  static List<String> documented() throws IOException {
    return Commands.documented();
  }

  @ParameterizedTest
  @MethodSource("documented")
  void isWhatAShellCanRead(String command) throws Exception {
    assertReadable(command);
  }

  @ParameterizedTest
  @MethodSource("documented")
  void isOfOneKind(String command) {
    assertThat(Commands.Kind.values()).filteredOn(kind -> kind.has(command)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {".ci/run", "server-config/health", "server-config/journal.sh"})
  void aScriptIsWhatItsShellCanRead(String script) throws Exception {
    assertThat(Path.of(script)).isExecutable();
    assertReadable(read(script));
  }

  private static void assertReadable(String script) throws Exception {
    Process bash = new ProcessBuilder("bash", "-n", "-c", script).redirectErrorStream(true).start();
    assertThat(new String(bash.getInputStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(bash.waitFor()).isZero();
  }

  @Test
  void namesFilesAndProfilesThatThereAre() throws IOException {
    Set<String> profiles = new TreeSet<>();
    for (String command : documented()) {
      assertThat(FILE.matcher(command).results())
          .allSatisfy(file -> assertThat(Path.of(file.group())).exists());
      PROFILE.matcher(command).results().forEach(profile -> profiles.add(profile.group(1)));
    }
    String poms = read("pom.xml") + read("src/benchmark/pom.xml");
    assertThat(profiles)
        .isNotEmpty()
        .allSatisfy(profile -> assertThat(poms).contains("<id>" + profile + "</id>"));
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(file));
  }
}
