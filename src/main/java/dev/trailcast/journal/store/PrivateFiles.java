package dev.trailcast.journal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files for the server's user alone, whatever its umask: there are activities in them that only
 * some may see. Where the file system knows no such rights, those of the directory hold.
 */
final class PrivateFiles {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  /** Makes a directory; the rights of one that is there are its owner's business. */
  static void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, only(directory, DIRECTORY));
  }

  /** Makes an empty file, if there is none. */
  static void create(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createFile(file, only(file, FILE));
    }
  }

  /** Takes everybody else's rights to a file of ours, if it is there. */
  static void takeRights(Path file) throws IOException {
    if (knowsRights(file)
        && Files.exists(file)
        && !Files.getPosixFilePermissions(file).equals(FILE)) {
      Files.setPosixFilePermissions(file, FILE);
    }
  }

  private static FileAttribute<?>[] only(Path path, Set<PosixFilePermission> rights) {
    return knowsRights(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
        : new FileAttribute<?>[0];
  }

  private static boolean knowsRights(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
