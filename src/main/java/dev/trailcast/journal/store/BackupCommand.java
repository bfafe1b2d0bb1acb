package dev.trailcast.journal.store;

import dev.trailcast.journal.Backup;
import dev.trailcast.journal.BackupException;
import dev.trailcast.journal.BackupSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an operator does without a server: a backup of a journal that is not in use, and a look
 * whether a backup is whole.
 */
public final class BackupCommand {
  private static final String USAGE =
      """
      backup JOURNAL DIRECTORY   makes a backup of the journal in a directory, in another directory
      verify FILE                reads a backup as a whole, and says how far it goes""";

  private BackupCommand() {}

  /** Ends with 0, with 1 where it could not be done, with 2 where it was not understood. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    String what = arguments.isEmpty() ? "" : arguments.get(0) + arguments.size();
    try {
      switch (what) {
        case "backup3" -> out.println(backup(Path.of(arguments.get(1)), Path.of(arguments.get(2))));
        case "verify2" -> out.println(verify(Path.of(arguments.get(1))));
        default -> {
          err.println(USAGE);
          return 2;
        }
      }
      return 0;
    } catch (BackupException | IOException | SQLException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private static String backup(Path journal, Path directory)
      throws BackupException, IOException, SQLException {
    Database database = new Database(journal);
    if (!Files.isRegularFile(database.file())) {
      throw new IOException("There is no journal in " + journal + ".");
    }
    try (DirectoryLock lock = lock(journal);
        StoreBackups backups = new StoreBackups(database, Clock.systemUTC())) {
      lock.check();
      database.settle();
      Backup made = backups.make(new BackupSettings(Optional.of(directory), Integer.MAX_VALUE));
      return "%s: %d activities, %d bytes, up to %s"
          .formatted(made.file(), made.activities(), made.bytes(), made.upTo());
    }
  }

  private static DirectoryLock lock(Path journal) throws IOException {
    try {
      return DirectoryLock.acquire(journal);
    } catch (IOException e) {
      throw new IOException(
          "The journal in %s can't be opened: %s. While a server has it, ask that: POST /api/admin/backup"
              .formatted(journal, e.getMessage()),
          e);
    }
  }

  private static String verify(Path file) throws IOException, SQLException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("There is no file " + file + ".");
    }
    try (Connection connection = Database.openBackupForReading(file);
        Statement statement = connection.createStatement()) {
      Schema.check(statement, StoreKind.ORIGINAL);
      if (text(statement, "SELECT count(*) FROM sqlite_schema").equals("0")) {
        throw new IOException(file + " is empty.");
      }
      String found = text(statement, "PRAGMA integrity_check(1)");
      if (!found.equals("ok")) {
        throw new SQLException(file + " is damaged: " + found);
      }
      return "%s is whole: %s activities, up to offset %s, recorded until %s"
          .formatted(
              file,
              text(statement, "SELECT count(*) FROM entry"),
              text(statement, "SELECT head FROM journal"),
              Instant.ofEpochMilli(
                  Long.parseLong(text(statement, "SELECT recorded FROM journal"))));
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet found = statement.executeQuery(query)) {
      found.next();
      return found.getString(1);
    }
  }
}
