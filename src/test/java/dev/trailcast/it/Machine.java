package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What is installed here: proxies and browsers are tested where they are. */
public final class Machine {
  private Machine() {}

  /** Where the program of this name is; empty if it is not installed. */
  public static Optional<Path> program(String name) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Whether nothing may be missing: it is CI's. */
  public static boolean hasAll() {
    return System.getenv("CI") != null;
  }

  /** Leaves the test out where this is not installed; in CI nothing is left out, so it fails. */
  public static void mustHave(Object what, boolean installed) {
    if (!hasAll()) {
      assumeTrue(installed, what + " is not installed, and so left out");
    }
    assertThat(installed).as("%s is installed", what).isTrue();
  }
}
