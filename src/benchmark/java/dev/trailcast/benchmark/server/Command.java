package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. */
final class Command {
  private Command() {}

  /**
   * What it says, if it ends well, and in time.
   *
   * @throws IOException if it can't be run, fails, or has not ended by then
   */
  static String output(Duration limit, List<String> command)
      throws IOException, InterruptedException {
    // not a pipe: whom the program has started could hold one open when it has long been killed
    Path said = Files.createTempFile("benchmark", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      String name = String.join(" ", command);
      try {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new IOException(name + " did not end within " + limit.toSeconds() + " s");
        }
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      if (process.exitValue() != 0) {
        throw new IOException(name + " failed: " + Files.readString(said).strip());
      }
      return Files.readString(said);
    } finally {
      Files.delete(said);
    }
  }
}
