package dev.trailcast.it.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.it.Machine;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Programs that do not come up at once. */
class SandboxTest {
  private static final Pattern IS_UP = Pattern.compile("up at (\\d+)");

  private Sandbox sandbox;

  @BeforeEach
  void open() {
    Machine.mustHave("sh", Machine.program("sh").isPresent());
    sandbox = new Sandbox();
  }

  @AfterEach
  void close() {
    if (sandbox != null) { // there may be no shell
      sandbox.close();
    }
  }

  @Test
  void startsAProgramAnewThatEndsInsteadOfComingUp() throws Exception {
    String secondTime = "mkdir begun || { echo up at 7; exec cat fifo; }";
    sandbox.start(Map.of(), List.of("sh", "-c", "mkfifo fifo")).process().waitFor();

    assertThat(Sandbox.persistently(() -> start(secondTime).await(IS_UP))).isEqualTo("7");
  }

  @Test
  void givesUpAProgramThatAlwaysEndsAndTellsWhatItSaid() {
    assertThatThrownBy(() -> Sandbox.persistently(() -> start("echo no port").await(IS_UP)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has ended, and was to say up at");
    assertThat(sandbox.said()).isEqualTo("no port\n".repeat(5));
  }

  private Sandbox.Program start(String script) throws java.io.IOException {
    return sandbox.start(Map.of(), List.of("sh", "-c", script));
  }
}
