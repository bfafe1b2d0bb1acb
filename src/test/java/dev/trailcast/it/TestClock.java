package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/** The time of day of one process, as far ahead of the computer's as a test will have it. */
public final class TestClock {
  private static final Path SOURCE = Path.of("src/test/c/clock.c");

  private final Path library;
  private final Path ahead;

  /**
   * As the computer's.
   *
   * @param directory for what it needs
   */
  public TestClock(Path directory) throws IOException {
    Machine.mustHave("a C compiler", Machine.program("cc").isPresent());
    library = directory.resolve("clock.so");
    ahead = directory.resolve("ahead");
    setAhead(Duration.ZERO);
    Process compiler =
        new ProcessBuilder(
                "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), SOURCE.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(compiler.onExit().join().exitValue()).as(said).isZero();
  }

  /** What has a process go by it. */
  public Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "CLOCK_AHEAD", ahead.toString());
  }

  /** Has it leap, from now on. */
  public void setAhead(Duration duration) throws IOException {
    ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    seconds.putLong(duration.toSeconds()).flip();
    try (FileChannel file =
        FileChannel.open(ahead, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      file.write(seconds, 0);
    }
  }
}
