package dev.trailcast.journal.store;

import dev.trailcast.journal.Backup;
import dev.trailcast.journal.BackupException;
import dev.trailcast.journal.BackupSettings;
import dev.trailcast.journal.Backups;
import dev.trailcast.journal.StreamPosition;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies an original into a file of the same kind, whether it is written meanwhile or not.
 *
 * <p>Its rows are copied, a stretch at a time, each in a reading of its own that takes
 * milliseconds; between two of them it rests for as long. One reading of everything ({@code VACUUM
 * INTO}) would hold the log for minutes where much is kept: it would grow by all that is recorded
 * meanwhile, and no erasure could come to its end. SQLite's own copying of pages ({@code
 * sqlite3_backup}) begins anew whenever somebody commits, and takes along what lies in pages where
 * nobody looks. All this does not need: entries never change, so what was there when it began is
 * there, or it has expired or was erased meanwhile.
 *
 * <p>The copy has a history of its own from the beginning, so that whoever puts it in the place of
 * the journal need not care for the {@link Seal}: it is never taken for what was left.
 */
public final class StoreBackups implements Backups, AutoCloseable {
  private static final Logger LOG = System.getLogger(StoreBackups.class.getName());

  /** Enough for 30 GiB: on two busy processors it gets on by 35 MiB a second, rests included. */
  static final Duration LONGEST = Duration.ofMinutes(15);

  /** Read and synced at a time: 50 ms on two busy processors. */
  private static final int STRETCH_BYTES = 4 << 20;

  private static final int MOST_ENTRIES = 20_000;
  private static final Duration LONGEST_REST = Duration.ofMillis(200);
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(5);

  private static final String UNDER_WAY = "trailcast-backup.part";
  private static final Pattern NAME = Pattern.compile("trailcast-\\d{8}T\\d{6}\\.\\d{3}Z\\.db");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("'trailcast-'yyyyMMdd'T'HHmmss.SSS'Z.db'")
          .withZone(ZoneOffset.UTC);

  private static final String COPY =
      """
      INSERT INTO entry (offset, recorded, source, id, type, actor, subject, audience, json)
      SELECT offset, recorded, source, id, type, actor, subject, audience, json
      FROM source.entry WHERE offset > ? AND offset <= ? ORDER BY offset
      """;

  /** The floor may have risen above what the copy reaches to. */
  private static final String FINISH =
      """
      UPDATE journal SET
        floor = min(?, (SELECT floor FROM source.journal)),
        head = ?,
        recorded = max(
          (SELECT recorded FROM source.journal),
          coalesce((SELECT recorded FROM entry ORDER BY offset DESC LIMIT 1), 0))
      """;

  // fixed at birth
  private final Database database;
  private final Clock clock;
  private final int mostEntries;
  private final LongConsumer resting;

  private final ReentrantLock making = new ReentrantLock();
  private volatile boolean closed;

  /**
   * Of this journal, as soon as it is open.
   *
   * @param clock says when a backup was begun
   */
  public StoreBackups(Database database, Clock clock) {
    this(database, clock, MOST_ENTRIES, LockSupport::parkNanos);
  }

  /**
   * One that reads less at a time, and rests otherwise.
   *
   * @param resting waits for so many nanoseconds
   */
  StoreBackups(Database database, Clock clock, int mostEntries, LongConsumer resting) {
    this.database = database;
    this.clock = clock;
    this.mostEntries = mostEntries;
    this.resting = resting;
  }

  @Override
  public Backup make(BackupSettings settings) throws BackupException {
    Path directory = settings.directory().orElseThrow().toAbsolutePath();
    if (!making.tryLock()) {
      throw new BackupException("A backup is being made already.", null);
    }
    try (DirectoryLock held = DirectoryLock.acquire(directory)) {
      held.check();
      Backup backup = make(directory);
      removeOld(directory, settings.keep());
      LOG.log(
          Level.INFO,
          "TRAIL0119I: A backup was made, {0}, of {1} activities up to {2}.",
          backup.file(),
          Long.toString(backup.activities()),
          backup.upTo());
      return backup;
    } catch (SQLException | IOException e) {
      String problem = SqliteFault.ofBackup(directory, e);
      LOG.log(Level.WARNING, "TRAIL0120W: " + problem, e);
      throw new BackupException(problem, e);
    } finally {
      making.unlock();
    }
  }

  private Backup make(Path directory) throws SQLException, IOException {
    Path part = directory.resolve(UNDER_WAY);
    Files.deleteIfExists(part); // of a process that has died
    try {
      Instant begun = clock.instant();
      Copied copied = copy(part);
      long bytes = Files.size(part);
      Path file = directory.resolve(TIME.format(begun));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      sync(directory);
      return new Backup(file, bytes, copied.entries(), copied.upTo(), begun);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** So that the name is there, too, after the machine has failed; Windows has no such. */
  private static void sync(Path directory) throws IOException {
    if (File.separatorChar == '/') {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private record Copied(long entries, StreamPosition upTo) {}

  private Copied copy(Path part) throws SQLException, IOException {
    long begun = System.nanoTime();
    try (Connection connection = database.openBackup(part);
        Statement statement = connection.createStatement()) {
      StreamPosition upTo = head(statement);
      long head = upTo.offset();
      long stretch = stretch(head - floor(statement));
      try (PreparedStatement copying = connection.prepareStatement(COPY)) {
        for (long at = floor(statement); at < head; at += stretch) {
          long stretchBegun = System.nanoTime();
          copying.setLong(1, at);
          copying.setLong(2, Math.min(at + stretch, head));
          copying.executeUpdate();
          rest(System.nanoTime() - stretchBegun);
          checkTime(System.nanoTime() - begun);
        }
      }
      return new Copied(finish(connection, head), upTo);
    }
  }

  /** Committed, and so before this: whatever was acknowledged. */
  private static StreamPosition head(Statement statement) throws SQLException {
    try (ResultSet found =
        statement.executeQuery(
            """
            SELECT epoch, max(head, coalesce((SELECT max(offset) FROM source.entry), 0))
            FROM source.journal
            """)) {
      found.next();
      return new StreamPosition(found.getString(1), found.getLong(2));
    }
  }

  private static long floor(Statement statement) throws SQLException {
    return number(statement, "SELECT floor FROM source.journal");
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet found = statement.executeQuery(query)) {
      found.next();
      return found.getLong(1);
    }
  }

  /** How many places are about as many bytes as are to be read at a time. */
  private long stretch(long places) {
    long bytes = Math.max(1, database.file().toFile().length());
    return Math.max(1, Math.min(mostEntries, places * STRETCH_BYTES / bytes));
  }

  private void rest(long nanoseconds) throws IOException {
    resting.accept(Math.min(nanoseconds, LONGEST_REST.toNanos()));
    if (closed || Thread.currentThread().isInterrupted()) {
      throw new IOException("the application ends");
    }
  }

  private static void checkTime(long nanoseconds) throws IOException {
    if (nanoseconds > LONGEST.toNanos()) {
      throw new IOException("it took longer than " + LONGEST.toMinutes() + " minutes");
    }
  }

  /**
   * Says how far it goes, and lets go of what has expired by now: it may lack some of that.
   *
   * @return how many entries are left
   */
  private static long finish(Connection connection, long head) throws SQLException {
    try (PreparedStatement row = connection.prepareStatement(FINISH);
        Statement statement = connection.createStatement()) {
      row.setLong(1, head);
      row.setLong(2, head);
      row.executeUpdate();
      statement.execute("DELETE FROM entry WHERE offset <= (SELECT floor FROM journal)");
      statement.execute("UPDATE journal SET kept = (SELECT count(*) FROM entry)");
      return number(statement, "SELECT kept FROM journal");
    }
  }

  /** The newest have the last names. What can't be removed is in nobody's way. */
  private static void removeOld(Path directory, int keep) {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> backups =
          files
              .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
              .sorted()
              .toList();
      for (Path old : backups.subList(0, Math.max(0, backups.size() - keep))) {
        Files.delete(old);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.log(
          Level.WARNING, "TRAIL0121W: Older backups in " + directory + " could not be removed.", e);
    }
  }

  /** Makes none any more, and ends the one that is under way. */
  @Override
  public void close() {
    closed = true;
    try {
      if (making.tryLock(CLOSING_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        making.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
