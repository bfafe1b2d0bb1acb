package dev.trailcast.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChildMainTest {
  private Process child;

  @BeforeEach
  void start() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ChildMain.class.getName(),
            Endless.class.getName(),
            "its argument");
    child = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
  }

  @AfterEach
  void end() {
    child.destroyForcibly();
  }

  @Test
  void runsTheOtherMainClassUntilTheParentIsGone() throws Exception {
    assertThat(child.inputReader().readLine()).isEqualTo("runs with its argument");
    assertThat(child.isAlive()).isTrue();

    child.getOutputStream().close(); // as the operating system does to whoever is killed

    assertThat(child.waitFor(30, TimeUnit.SECONDS)).as("it has ended").isTrue();
  }

  /** What runs for as long as nobody ends it. */
  static final class Endless {
    private Endless() {}

    public static void main(String[] arguments) {
      System.out.println("runs with " + arguments[0]);
      while (true) {
        LockSupport.park();
      }
    }
  }
}
