package dev.trailcast.journal.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * What is left of erased entries where nobody looks: in the log, and in the unused parts of pages.
 * For the one thread that writes.
 */
final class Remains implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Remains.class.getName());

  private final Path file;
  private final Connection connection;
  private final WriteAheadLog log;

  private Optional<PageGaps> gaps = Optional.empty(); // once needed it is kept

  /**
   * @param connection that writes
   */
  Remains(Path file, Connection connection, WriteAheadLog log) {
    this.file = file;
    this.connection = connection;
    this.log = log;
  }

  /** As {@link EntryStore#wipe}. */
  long wipe(long page) throws SQLException, IOException {
    if (!log.empty()) {
      return page;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "PRAGMA shrink_memory"); // so that no page is written again as it was before
    }
    if (gaps.isEmpty()) {
      gaps = Optional.of(new PageGaps(file, Database.PAGE_BYTES));
    }
    return gaps.get().wipe(page);
  }

  /** To be called when the connection has been closed. */
  @Override
  public void close() {
    try {
      if (gaps.isPresent()) {
        gaps.get().close();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The file of the journal was not closed properly", e);
    }
  }
}
