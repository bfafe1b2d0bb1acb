package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A disk of its own for a journal, which is as large and as slow as a test will have it. */
public final class TestDisk implements AutoCloseable {
  private final Path directory;

  /**
   * Mounts one with so much room, in memory that it takes only as it is written.
   *
   * @param size as {@code mount} has it: {@code 2g}
   */
  public TestDisk(String size) throws IOException {
    Machine.mustHave("the right to mount a disk", System.getProperty("user.name").equals("root"));
    directory = Files.createTempDirectory("disk");
    run("mount", "-t", "tmpfs", "-o", "size=" + size, "trailcast", directory.toString());
  }

  public Path directory() {
    return directory;
  }

  /** Has it be so large from now on. */
  public void resize(String size) throws IOException {
    run("mount", "-o", "remount,size=" + size, directory.toString());
  }

  /** What is done meanwhile. */
  public interface Action {
    void run() throws Exception;
  }

  /**
   * Has whatever a thread writes take a second to be safe on it, while something is done.
   *
   * @param thread the operating system's id of it
   */
  public void slowFor(long thread, Action action) throws Exception {
    Machine.mustHave("strace", Machine.program("strace").isPresent());
    Process strace =
        new ProcessBuilder(
                "strace",
                "--attach=" + thread,
                "--output=/dev/null",
                "--trace=fsync,fdatasync",
                "--inject=fsync,fdatasync:delay_enter=1000000")
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(strace.inputReader().readLine())
          .isEqualTo("strace: Process " + thread + " attached");
      action.run();
    } finally {
      strace.destroy(); // by which it lets go of the thread
      strace.onExit().join();
    }
  }

  @Override
  public void close() throws IOException {
    run("umount", "--lazy", directory.toString());
    Files.delete(directory);
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.onExit().join().exitValue()).as("%s: %s", List.of(command), said).isZero();
  }
}
