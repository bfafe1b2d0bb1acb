package dev.trailcast.journal.store;

import dev.trailcast.journal.StreamPosition;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Says beside the database how far it had come, and which file it was: so that an older copy that
 * was put in its place is told from the file that was left. Without it, positions of what was
 * recorded after the copy was taken would be given a second time.
 *
 * <p>It is broken where the file has not come as far as was sealed (an older copy of it alone),
 * where it is another file (a copy of the directory, also by tools that keep times), and where the
 * seal itself was written by somebody else (a copy over it). An older state that is put back
 * without a trace, as by a snapshot of the whole disk, can't be told: then the seal has to be
 * removed by hand.
 */
final class Seal {
  private static final Logger LOG = System.getLogger(Seal.class.getName());

  private final Path database;
  private final Path file;

  // only the thread that writes: what was sealed last
  private StreamPosition sealed;

  /** Beside this one. */
  Seal(Path database) {
    this.database = database;
    this.file = database.resolveSibling("journal.seal");
  }

  /** Whether the database, which has come as far as this, is what was left. */
  boolean isIntact(StreamPosition head) {
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      Instant written = Files.getLastModifiedTime(file).toInstant();
      if (lines.size() != 2 || !lines.get(1).equals(marks(file, written))) {
        return false;
      }
      Optional<StreamPosition> last = StreamPosition.parse(lines.get(0));
      return last.isPresent()
          && last.get().epoch().equals(head.epoch())
          && last.get().offset() <= head.offset();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The journal has no seal that could be read", e);
      return false;
    }
  }

  /** Seals it as it is, unless it is sealed so. What is told here must be durable. */
  void renew(StreamPosition head) throws IOException {
    if (head.equals(sealed)) {
      return;
    }
    Path next = file.resolveSibling("journal.seal.next");
    Files.deleteIfExists(next); // so that it is a file of its own
    PrivateFiles.create(next);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS); // all that some file systems keep
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      String text = head + "\n" + marks(next, now) + "\n";
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.setLastModifiedTime(next, FileTime.from(now));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sealed = head;
  }

  /**
   * What no copy has: the inodes of both, and when the seal was written. Not the device, whose
   * number may be another after a reboot.
   */
  private String marks(Path seal, Instant written) throws IOException {
    return inode(database) + " " + inode(seal) + " " + written.truncatedTo(ChronoUnit.SECONDS);
  }

  private static String inode(Path file) throws IOException {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? Files.getAttribute(file, "unix:ino").toString()
        : "-";
  }
}
