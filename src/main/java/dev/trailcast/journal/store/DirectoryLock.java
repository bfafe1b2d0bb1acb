package dev.trailcast.journal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A directory for one journal alone, of all in this JVM and in all other processes. SQLite's own
 * locks would not do: every class loader brings its own copy of SQLite, and two copies in one
 * process that open the same file drop each other's POSIX locks.
 */
public final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "journal.lock";

  /**
   * System properties are what all class loaders share. This comes before the lock file is touched:
   * closing it a second time in this JVM would drop the process's lock on it (FileLock's
   * documentation, "on some systems").
   */
  private static final String HELD = "dev.trailcast.journal.held:";

  private final String key;
  private final FileLock lock; // kept: the JVM forgets about a lock that nobody refers to
  private final OpenFile file;

  private DirectoryLock(String key, FileLock lock, OpenFile file) {
    this.key = key;
    this.lock = lock;
    this.file = file;
  }

  /**
   * Takes the directory, and makes it if it is not there.
   *
   * @throws IOException if somebody has it or the lock file can't be written; the message is for an
   *     operator
   */
  public static DirectoryLock acquire(Path directory) throws IOException {
    PrivateFiles.createDirectories(directory);
    String key = HELD + directory.toRealPath();
    if (System.getProperties().putIfAbsent(key, "true") != null) {
      throw new IOException(
          "it is in use by another application in this server; each needs its own"
              + " trailcast.journal.directory");
    }
    try {
      Path file = directory.resolve(FILE);
      return new DirectoryLock(key, lock(file), OpenFile.at(file));
    } catch (IOException | RuntimeException e) {
      System.getProperties().remove(key);
      throw e;
    }
  }

  private static FileLock lock(Path file) throws IOException {
    PrivateFiles.create(file);
    PrivateFiles.takeRights(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException("it is in use by another process");
      }
      return lock;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("it is locked by something else in this server", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Makes sure that it still holds.
   *
   * @throws IOException if the lock file was removed, so that somebody else may lock another one
   */
  public void check() throws IOException {
    file.check();
  }

  @Override
  public void close() throws IOException {
    try {
      lock.acquiredBy().close(); // the file stays: deleting it would be a race with the next one
    } finally {
      System.getProperties().remove(key);
    }
  }
}
