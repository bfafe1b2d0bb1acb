package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of its own for a journal, which is as large and as slow as a test will have it. */
public final class TestDisk implements AutoCloseable {
  private final Path directory;

  /**
   * Mounts one with so much room, in memory that it takes only as it is written. Where that is not
   * allowed, as to root in most containers, the test is left out: nobody can install a right.
   *
   * @param size as {@code mount} has it: {@code 2g}
   */
  public TestDisk(String size) throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root may mount a disk");
    directory = Files.createTempDirectory("disk");
    Ended mount =
        run("mount", "-t", "tmpfs", "-o", "size=" + size, "trailcast", directory.toString());
    if (mount.status() != 0) {
      Files.delete(directory);
    }
    assumeTrue(mount.status() == 0, mount.said());
  }

  public Path directory() {
    return directory;
  }

  /** Has it be so large from now on. */
  public void resize(String size) throws IOException {
    Ended mount = run("mount", "-o", "remount,size=" + size, directory.toString());
    assertThat(mount.status()).as(mount.said()).isZero();
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
    Ended umount = run("umount", "--lazy", directory.toString());
    assertThat(umount.status()).as(umount.said()).isZero();
    Files.delete(directory);
  }

  private record Ended(int status, String said) {}

  private static Ended run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.onExit().join().exitValue(), said);
  }
}
