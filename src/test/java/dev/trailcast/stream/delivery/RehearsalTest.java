package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.RemovableArchive;
import dev.trailcast.stream.wire.FakeConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server may tell an application that it ends only when none of its classes can be loaded. */
class RehearsalTest {
  @TempDir Path directory;

  @Test
  void letsReadersBeToldTheEndThoughNoClassCanBeLoadedAnyMore() throws Exception {
    assertThat(toldAfterRemoval(true)).contains("{\"reason\":\"draining\",\"retry\":");
  }

  @Test
  void isNeededForThat() throws Exception {
    assertThat(toldAfterRemoval(false)).doesNotContain("draining");
  }

  private String toldAfterRemoval(boolean rehearsed) throws Exception {
    try (RemovableArchive archive = new RemovableArchive()) {
      @SuppressWarnings("unchecked") // it is the one below
      Callable<String> application =
          (Callable<String>)
              archive
                  .loadClass(RunningApplication.class.getName())
                  .getConstructor(Path.class, boolean.class)
                  .newInstance(directory, rehearsed);
      archive.remove();
      return application.call();
    }
  }

  /** An application with a reader that has got something. When it is called, it ends. */
  public static final class RunningApplication implements Callable<String> {
    private final TestTrail trail;
    private final FakeConnection reader;

    public RunningApplication(Path directory, boolean rehearsed) throws Exception {
      trail = new TestTrail(directory, 100);
      if (rehearsed) {
        new Rehearsal(trail.trail.compression(), trail.trail.tail().head()).run();
      }
      reader = trail.followFrom(0);
      trail.record("a");
      Await.until("what it got", () -> reader.text().contains("event: a"));
    }

    @Override
    public String call() throws Exception {
      for (Subscriber each : trail.readers.subscribers()) {
        each.beat(System.nanoTime(), -1); // a heartbeat is due before anybody says that it ends
      }
      Await.until(
          "the heartbeat, or the end",
          () -> reader.text().endsWith("\n\n:hb\n") || trail.readers.streams() == 0);
      trail.readers.drain(Duration.ofSeconds(20));
      return reader.text();
    }
  }
}
