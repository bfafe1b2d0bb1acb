package dev.trailcast.journal.store;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an exception means: to an operator, and to the writer. */
public final class SqliteFault {
  private SqliteFault() {}

  /** What is wrong, where, and what to do. */
  public static String inWords(Path directory, Throwable e) {
    return "the journal in %s can't be written: %s%s".formatted(directory, reason(e), remedy(e));
  }

  /** Why there is no backup, and what to do. */
  static String ofBackup(Path directory, Throwable e) {
    String remedy =
        switch (code(e)) {
          case SQLITE_FULL -> "; make room on its disk";
          default -> remedy(e);
        };
    return "no backup could be made in %s: %s%s".formatted(directory, reason(e), remedy);
  }

  /** Whether a single row was refused, and the next one may well be written. */
  public static boolean isOfOneRow(SQLException e) {
    return !isTaken(e) && isOfARow(e);
  }

  private static boolean isOfARow(SQLException e) {
    return switch (code(e)) {
      case SQLITE_TOOBIG, SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_RANGE -> true;
      default -> false;
    };
  }

  /** Whether what is in the file is no database any more. */
  public static boolean isBroken(Throwable e) {
    return switch (code(e)) {
      case SQLITE_NOTADB, SQLITE_CORRUPT -> true;
      default -> false;
    };
  }

  /** Whether there is an entry already where ours was to go: only one at a time may write. */
  private static boolean isTaken(Throwable e) {
    return e instanceof SQLiteException sqlite
        && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
            || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_ROWID);
  }

  private static String reason(Throwable e) {
    if (isTaken(e)) {
      return "somebody else writes to it";
    }
    if (e instanceof FileSystemException || e.getMessage() == null) {
      return e.toString(); // the name of the class says what is wrong, the message only where
    }
    return e.getMessage();
  }

  private static String remedy(Throwable e) {
    if (e instanceof FileSystemException) {
      return "; let the server's user write there, or configure another directory";
    }
    return switch (code(e)) {
      case SQLITE_FULL -> "; make room on the disk, and it goes on by itself";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "; end the program that holds it, and it goes on by itself";
      case SQLITE_NOTADB, SQLITE_CORRUPT ->
          "; move the files away to begin a new journal, or put back a backup";
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
          "; let the server's user write there, or configure another directory";
      case SQLITE_IOERR -> "; look after the disk, it is tried again every second";
      default -> "";
    };
  }

  /** The kind of error; SQLite tells more in the higher bits. */
  private static SQLiteErrorCode code(Throwable e) {
    return e instanceof SQLiteException sqlite
        ? SQLiteErrorCode.getErrorCode(sqlite.getResultCode().code & 0xff)
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }
}
