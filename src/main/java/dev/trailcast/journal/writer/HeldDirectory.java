package dev.trailcast.journal.writer;

import dev.trailcast.journal.store.DirectoryLock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory of a journal, which that has for itself alone: from when it is first opened to its
 * end, whatever is closed and opened in it meanwhile. For the thread that writes.
 */
public final class HeldDirectory implements AutoCloseable {
  private static final Logger LOG = System.getLogger(HeldDirectory.class.getName());

  private final Path directory;
  private volatile long freeBytes = Long.MAX_VALUE; // written by its thread, read by all
  private Optional<DirectoryLock> lock = Optional.empty(); // once taken it is kept while it holds

  /** This one, which is not held yet. */
  public HeldDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Holds it from now on, or still.
   *
   * @throws IOException if somebody else has it; the message is for an operator
   */
  public void hold() throws IOException {
    holdOrStill();
    measure();
  }

  private void holdOrStill() throws IOException {
    if (lock.isPresent()) {
      try {
        lock.get().check();
        return;
      } catch (IOException e) {
        LOG.log(
            Level.WARNING, "TRAIL0115W: The directory of the journal has to be locked anew.", e);
        close();
      }
    }
    lock = Optional.of(DirectoryLock.acquire(directory));
  }

  /**
   * Makes sure that it is still held, and looks how much room it has.
   *
   * @throws IOException if it is not, for its lock was removed
   */
  public void check() throws IOException {
    lock.orElseThrow().check();
    measure();
  }

  private void measure() {
    freeBytes = directory.toFile().getUsableSpace();
  }

  /** How much room its disk had left when it was last looked at. For any thread. */
  public long freeBytes() {
    return freeBytes;
  }

  /** Lets go of it, if it is held: last, for what is open in it must be its holder's alone. */
  @Override
  public void close() {
    if (lock.isPresent()) { // not by a lambda expression: at the end no class may be loaded
      try {
        lock.get().close();
      } catch (IOException e) {
        LOG.log(
            Level.WARNING,
            "TRAIL0116W: The directory of the journal was not let go of properly.",
            e);
      }
      lock = Optional.empty();
    }
  }
}
