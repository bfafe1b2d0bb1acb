package dev.trailcast.journal.store;

import dev.trailcast.journal.JournalFigures;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/**
 * The file, and how connections to it are made. One of them writes; the write-ahead log lets others
 * read meanwhile. No connection is ever used by two threads at once.
 *
 * <p>No file is mapped into memory, for then an I/O error, or somebody who cuts it short, is a
 * signal that ends the JVM: {@code mmap_size} stays 0, and the index of the log, which all
 * connections share, lies in this process's memory.
 *
 * <p>Not final: tests open it with limits that a real disk would set.
 */
public class Database {
  /** Somebody's sqlite3 shell may have the file for a while when it is to be opened. */
  static final int BUSY_MILLIS = 5_000;

  /** Our own reads take a fraction of this, and others must not hold up the writer. */
  static final int LOG_PATIENCE_MILLIS = 200;

  /**
   * Of 4, 8, 16 and 32 KiB the best on the whole: a commit of one row costs 43, 45, 49 and 65 µs of
   * CPU, a row in a commit of 1,000 costs 5.1, 4.8, 4.3 and 4.5.
   */
  static final int PAGE_BYTES = 8_192;

  /** Between 2 and 64 MiB there is no difference but the memory. */
  private static final int CACHE_KIB = 4_096;

  /**
   * 8 MiB of log are carried over into the file at a time. 4 to 16 MiB are alike; at 32 the log is
   * still growing where a smaller one is written over, and a growing file is synced in 3.5 ms
   * instead of 0.1. (For the same reason journal_size_limit is not set: it would cut the log.)
   */
  private static final int CHECKPOINT_PAGES = 1_024;

  /**
   * The index of the log is kept in memory by the file system that lets one process alone have the
   * file; its connections share it as ever. Windows has no such.
   */
  private static final String FILE_SYSTEM = File.separatorChar == '/' ? "?vfs=unix-excl" : "";

  private static final int WRITE_VERSION_AT = 18;
  private static final int WRITE_VERSION_WITHOUT_LOG = 1;

  private final Path file;
  private final StoreKind kind;
  private final StoreFigures figures;

  // written by the thread that writes, read by all who read; empty before it was first opened
  private volatile Optional<OpenFile> opened = Optional.empty();

  // written by those who read, too: what they have found wrong in that file, if anything
  private volatile Optional<SQLException> broken = Optional.empty();

  /** Of an original in this directory. */
  public Database(Path directory) {
    this(directory, StoreKind.ORIGINAL);
  }

  /** In this directory. */
  public Database(Path directory, StoreKind kind) {
    this(kind, directory.resolve(kind.file()));
  }

  private Database(StoreKind kind, Path file) {
    this.file = file;
    this.kind = kind;
    this.figures = new StoreFigures(file, log(file));
  }

  /** What is kept in it, and how that is written, in figures. */
  public JournalFigures figures() {
    return figures;
  }

  /** The same, for whoever writes. */
  StoreFigures counted() {
    return figures;
  }

  StoreKind kind() {
    return kind;
  }

  Path file() {
    return file;
  }

  /** The file that what was committed is in first. */
  Path log() {
    return log(file);
  }

  private static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /**
   * The connection to write with. It is in a transaction whenever it is used.
   *
   * @throws SQLException if the file can't be opened or is no journal
   */
  public Connection openForWriting() throws SQLException {
    SQLiteConfig config = config();
    config.setPageSize(PAGE_BYTES); // has a meaning only for a file that is not there yet
    config.setCacheSize(-CACHE_KIB);
    config.setSynchronous(kind.synchronous()); // in the log at every commit
    if (kind == StoreKind.ORIGINAL) { // else another file is as good
      checkOpened();
      removeLogOfAnother();
    }
    createFile();
    Connection connection = open(config);
    try (Statement statement = connection.createStatement()) {
      Schema.check(statement, kind); // before anything is changed: it may be somebody else's file
      takeRights();
      useWriteAheadLog(statement);
      statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
      statement.execute("PRAGMA secure_delete = ON"); // what is deleted is overwritten
      connection.setAutoCommit(false);
      Schema.createIfMissing(statement, kind);
      connection.commit();
      broken = Optional.empty();
      opened = Optional.of(OpenFile.at(file));
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    } catch (IOException e) {
      connection.close();
      throw new SQLException(e.getMessage(), e);
    }
  }

  /** A connection to read with, from the file that was opened for writing. */
  Connection openForReading() throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    Connection connection = open(config);
    try {
      checkOpened();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * A connection to a new file of the same kind, for a backup: the one that was opened is there to
   * be read from, as {@code source}. What is done by it is synced each time, and can't be undone:
   * if something fails, the file is worth nothing.
   *
   * @param backup a file that is not there
   */
  public Connection openBackup(Path backup) throws SQLException {
    SQLiteConfig config = config();
    config.setPageSize(PAGE_BYTES);
    config.setJournalMode(JournalMode.OFF);
    config.setSynchronous(SynchronousMode.FULL);
    Database made = new Database(kind, backup);
    made.createFile();
    Connection connection = made.open(config);
    try (Statement statement = connection.createStatement();
        PreparedStatement attach = connection.prepareStatement("ATTACH ? AS source")) {
      statement.execute("PRAGMA secure_delete = ON");
      Schema.createIfMissing(statement, kind);
      attach.setString(1, readOnly(file));
      attach.execute();
      if (!wasOpened()) {
        throw new SQLException("it is not open yet");
      }
      checkOpened();
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static String readOnly(Path file) {
    return file.toUri() + (FILE_SYSTEM.isEmpty() ? "?" : FILE_SYSTEM + "&") + "mode=ro";
  }

  /** A connection to a backup, to read from it. */
  static Connection openBackupForReading(Path backup) throws SQLException {
    SQLiteConfig config = config();
    config.setReadOnly(true);
    return new Database(StoreKind.ORIGINAL, backup).open(config);
  }

  /**
   * Opens it for a moment, and changes nothing: what a killed process has left in the log is
   * carried over into the file.
   *
   * @throws SQLException if it can't be opened or is no journal
   */
  void settle() throws SQLException, IOException {
    removeLogOfAnother();
    try (Connection connection = open(config());
        Statement statement = connection.createStatement()) {
      Schema.check(statement, kind);
      opened = Optional.of(OpenFile.at(file));
    }
  }

  /**
   * Removes the files. Who still reads from them is not disturbed: under Unix they stay until they
   * are closed, and SQLite touches none of another name's any more.
   */
  public void delete() throws IOException {
    Files.deleteIfExists(file); // first: without its log it may be broken
    Files.deleteIfExists(log());
  }

  /** The file that was opened for writing last; empty if none was. */
  Optional<OpenFile> opened() {
    return opened;
  }

  /** Somebody who read from this file has found that it is no database any more. */
  void noteBroken(Optional<OpenFile> read, SQLException e) {
    if (read.equals(opened)) { // else it is not in use any more
      broken = Optional.of(e);
    }
  }

  /**
   * Makes sure that nobody has found the file broken, as far as they have read in it: who writes
   * comes to few of its pages.
   *
   * @throws SQLException what was found since it was opened for writing
   */
  public void checkRead() throws SQLException {
    if (broken.isPresent()) {
      throw broken.get();
    }
  }

  /** Whether it has been open for writing before. */
  boolean wasOpened() {
    return opened.isPresent();
  }

  /**
   * Makes sure that the path still leads to the file that was opened: in another one there are
   * other activities at the positions that have been told.
   */
  private void checkOpened() throws SQLException {
    if (opened.isPresent()) {
      try {
        opened.get().check();
      } catch (IOException e) {
        throw new SQLException(
            e.getMessage()
                + "; put it back, or restart the application to begin with what is there",
            e);
      }
    }
  }

  /**
   * A backup that was put here has never had a log: one that lies beside it is what the file before
   * it has left when it was killed, and SQLite would take it for this one's. To be called only
   * while the file is not open: closing it takes SQLite's lock from it.
   */
  private void removeLogOfAnother() throws SQLException {
    try {
      if (!wasOpened() && Files.exists(log()) && hasNeverHadALog()) {
        Files.delete(log());
      }
    } catch (IOException e) {
      throw new SQLException(e.toString(), e);
    }
  }

  /** <a href="https://www.sqlite.org/fileformat.html#file_format_version_numbers">1.3.3</a>. */
  private boolean hasNeverHadALog() throws IOException {
    try (InputStream header = Files.newInputStream(file)) {
      header.skipNBytes(WRITE_VERSION_AT);
      return header.read() == WRITE_VERSION_WITHOUT_LOG;
    } catch (NoSuchFileException | EOFException e) { // SQLite sees to that
      return false;
    }
  }

  /** By ourselves, for SQLite would make it for others to read. */
  private void createFile() throws SQLException {
    try {
      PrivateFiles.create(file);
    } catch (IOException e) {
      throw new SQLException(e.toString(), e);
    }
  }

  /** What SQLite makes from now on has the rights that the file has. */
  private void takeRights() throws IOException {
    PrivateFiles.takeRights(file);
    PrivateFiles.takeRights(log());
  }

  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setOpenMode(SQLiteOpenMode.NOMUTEX); // one thread at a time has no use for SQLite's own
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false); // else a further query after every insert
    return config;
  }

  private Connection open(SQLiteConfig config) throws SQLException {
    NativeLibrary.load();
    // as a URI: in a plain name the driver would take what follows a ? for options
    return config.createConnection("jdbc:sqlite:" + file.toUri() + FILE_SYSTEM);
  }

  private static void useWriteAheadLog(Statement statement) throws SQLException {
    try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
      if (!mode.next() || !mode.getString(1).equals("wal")) {
        throw new SQLException("it can't be written with a log there, as on some network drives");
      }
    }
  }
}
