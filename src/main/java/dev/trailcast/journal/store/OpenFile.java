package dev.trailcast.journal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * A file that is open, as against what its path leads to. Under Unix a file can be removed or
 * exchanged while it is open: whoever has it goes on writing, and nobody will ever read it.
 *
 * @param key device and inode; null where the file system has none, and lets nobody remove it
 *     either
 */
record OpenFile(Path path, Object key) {
  /** The one that has just been opened at this path. */
  static OpenFile at(Path path) throws IOException {
    return new OpenFile(path, key(path));
  }

  /**
   * Makes sure that the path still leads to it.
   *
   * @throws IOException in words for an operator
   */
  void check() throws IOException {
    try {
      if (!Objects.equals(key(path), key)) {
        throw new IOException("its file %s has been exchanged".formatted(path.getFileName()));
      }
    } catch (NoSuchFileException e) {
      throw new IOException("its file %s has been removed".formatted(path.getFileName()), e);
    }
  }

  private static Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }
}
