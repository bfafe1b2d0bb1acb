package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Commands;
import dev.trailcast.it.Commands.Kind;
import dev.trailcast.it.Server;
import dev.trailcast.it.Shell;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the docs tell to build and to start, in a clone of the last commit, at the ports that the
 * docs have. It takes many minutes, so it is left out but where it is told to run.
 */
@EnabledIfSystemProperty(named = "builds.typed", matches = "true")
class BuildCommandsIT {
  /** Without a goal it serves. */
  private static final Pattern SERVES = Pattern.compile("(?:\\S+=\\S+ )?\\./mvnw(?: -P\\w+)?");

  /** A benchmark measures nothing here, but runs. */
  private static final String BRIEFLY =
      " -Dbenchmark.readers=20 -Dbenchmark.warmup.seconds=1 -Dbenchmark.seconds=1"
          + " -Dbenchmark.rounds=1 -Dbenchmark.attack.seconds=1"
          + " -Dbenchmark.attack.tolerated.seconds=60";

  private static final long LIMIT_MINUTES = 30;

  @TempDir private static Path directory;

  private static Shell shell;

  @BeforeAll
  static void cloneRepository() throws Exception {
    Path clone = directory.resolve("trailcast");
    new Shell(directory)
        .type("git clone -q '%s' trailcast".formatted(Path.of("").toAbsolutePath()));
    shell = new Shell(clone);
  }

  static Set<String> documented() throws IOException {
    return new TreeSet<>(Commands.documented(Kind.BUILDS));
  }

  @ParameterizedTest
  @MethodSource("documented")
  @Timeout(value = 2 * LIMIT_MINUTES, unit = TimeUnit.MINUTES)
  void doesWhatItSays(String command) throws Exception {
    boolean serves = SERVES.matcher(command).matches();
    Path console = directory.resolve("console.log");
    String options = command.contains("src/benchmark") ? BRIEFLY : "";
    if (command.endsWith("src/benchmark verify")) {
      options += " -Dbenchmark.scenarios=paced"; // not all, which takes hours
    }
    Process process =
        shell.start(
            "%s -B -ntp%s > %s"
                .formatted(
                    command.replace("$HOME", directory.resolve("home").toString()),
                    options,
                    console));
    try {
      if (serves) {
        Await.until("it to serve", LIMIT_MINUTES * 60, () -> !process.isAlive() || isReady());
        assertThat(process.isAlive()).as(Files.readString(console)).isTrue();
      } else {
        assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(console)).isZero();
      }
    } finally {
      end(process);
    }
  }

  private static boolean isReady() throws InterruptedException {
    try {
      return new Server(URI.create("http://localhost:9080/")).get("api/access").statusCode() == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  /** As Ctrl+C does: all that it has started. */
  private static void end(Process process) throws Exception {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    for (ProcessHandle each : all) {
      each.onExit().get(1, TimeUnit.MINUTES);
    }
    assertThat(isReady()).isFalse();
  }
}
