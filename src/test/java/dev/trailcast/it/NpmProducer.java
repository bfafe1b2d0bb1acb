package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of {@code src/test/npm/producers}, which sends with an SDK of npm. */
public final class NpmProducer {
  /** Where they are. */
  public static final Path FOLDER = Path.of("src", "test", "npm", "producers");

  private static final int PATIENCE_SECONDS = 60;

  private NpmProducer() {}

  /** Leaves the test out where there is no node. */
  public static void mustBeInstalled() {
    assumeTrue(Machine.program("node").isPresent(), "node is not installed, and so left out");
    Machine.mustHave("what npm ci installs", Files.isDirectory(FOLDER.resolve("node_modules")));
  }

  /** Runs it to its end, or leaves the test out where there is no node. */
  public static void run(String program, Object... arguments)
      throws IOException, InterruptedException {
    mustBeInstalled();
    Path log = Files.createTempFile(Path.of("target"), "npm-", ".log");
    List<String> command = new ArrayList<>(List.of("node", program));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
