package dev.trailcast.journal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite itself. The driver unpacks it into a file, and every class loader needs one of its own.
 */
final class NativeLibrary {
  private static final Logger LOG = System.getLogger(NativeLibrary.class.getName());

  private static final String DIRECTORY = "org.sqlite.tmpdir";

  /** What the driver has unpacked, and not one that an administrator has put somewhere. */
  private static final Pattern UNPACKED =
      Pattern.compile("/.*/sqlite-[0-9.]+-[0-9a-f-]{36}-libsqlitejdbc\\.so$");

  private static boolean loaded; // guarded by the class

  private NativeLibrary() {}

  /**
   * Loads it, unless it is loaded. By ourselves, for the driver tries it once only, and ever after
   * says what it can't call.
   *
   * @throws SQLException in words for an operator
   */
  static synchronized void load() throws SQLException {
    if (loaded) {
      return;
    }
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw new SQLException(
          ("SQLite's native library can't be loaded by way of %s: let the server's user write and"
                  + " execute files there (no noexec), or name another directory by the system"
                  + " property %s (%s)")
              .formatted(
                  System.getProperty(DIRECTORY, System.getProperty("java.io.tmpdir")),
                  DIRECTORY,
                  e.getMessage()),
          e);
    }
    loaded = true;
    removeFiles();
  }

  /**
   * Under Linux a library that is loaded needs its file no more. The driver would remove it at an
   * orderly end only, so that each kill left a megabyte.
   */
  private static void removeFiles() {
    try {
      for (String file : mapped()) {
        Files.deleteIfExists(Path.of(file));
        Files.deleteIfExists(Path.of(file + ".lck"));
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "The unpacked library is left to the driver", e);
    }
  }

  /** The files that this process has loaded. */
  private static List<String> mapped() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .flatMap(line -> UNPACKED.matcher(line).results())
          .map(MatchResult::group)
          .distinct()
          .toList();
    }
  }
}
