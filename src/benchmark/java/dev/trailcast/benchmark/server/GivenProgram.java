package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A program of which only whoever runs the benchmark knows where it is: the system property {@code
 * benchmark.NAME} says so.
 */
final class GivenProgram {
  private static final Duration UNTIL_IT_HAS_SAID = Duration.ofSeconds(10);

  private final String property;

  GivenProgram(String name) {
    property = "benchmark." + name;
  }

  Path path() {
    return Path.of(value()).toAbsolutePath();
  }

  /**
   * Why it can't be used, if it can't.
   *
   * @param question its arguments to a question that it answers and ends
   * @param answer what is in the answer of one that can be used
   */
  Optional<String> missing(String question, String answer) throws InterruptedException {
    if (value().isEmpty()) {
      return Optional.of("-D" + property + " does not say where it is");
    }
    try {
      String said = Command.output(UNTIL_IT_HAS_SAID, List.of(path().toString(), question));
      return said.contains(answer)
          ? Optional.empty()
          : Optional.of("what -D" + property + " names does not know " + answer);
    } catch (IOException e) {
      System.out.println("  " + e.getMessage());
      return Optional.of("what -D" + property + " names does not run");
    }
  }

  private String value() {
    return System.getProperty(property, "").strip();
  }
}
