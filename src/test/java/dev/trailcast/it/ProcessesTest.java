package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessesTest {
  @Test
  void areWaitedForUntilTheyAreGone() throws Exception {
    Process slow =
        new ProcessBuilder(
                "sh", "-c", "trap 'sleep 1; exit' TERM; echo; while :; do sleep 0.1; done")
            .start();
    slow.inputReader().readLine(); // it minds the signal

    slow.toHandle().destroy();
    Processes.awaitEnd(List.of(slow.toHandle()));

    assertThat(slow.isAlive()).isFalse();
  }

  @Test
  void areGoneOnceKilled() throws Exception {
    Process endless =
        new ProcessBuilder("sh", "-c", "trap '' TERM; echo said; exec sleep 600").start();
    String said = endless.inputReader().readLine();

    Processes.kill(endless);

    assertThat(said).isEqualTo("said");
    assertThat(endless.isAlive()).isFalse();
  }
}
