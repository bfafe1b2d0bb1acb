package dev.trailcast.journal.store;

import dev.trailcast.journal.JournalUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Connections to read with, each lent to one thread at a time. For use by any number of threads.
 */
public final class ReaderPool implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ReaderPool.class.getName());

  /** What is read is mostly in memory: it is the processors that bound how many are of use. */
  private static final int SIZE =
      Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

  /** A read takes milliseconds: who waits this long waits for something else. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(5);

  private final Database database;
  private final Semaphore free = new Semaphore(SIZE, true);
  private final ConcurrentLinkedDeque<EntryReader> idle = new ConcurrentLinkedDeque<>();
  private final Set<Long> unreadable = ConcurrentHashMap.newKeySet(); // offsets already logged
  private volatile boolean closed;

  /** Something that is read. */
  interface Reading<T> {
    T from(EntryReader reader) throws SQLException;
  }

  /** None is open yet. */
  public ReaderPool(Database database) {
    this.database = database;
  }

  /**
   * Reads something.
   *
   * @throws JournalUnavailableException if it can't be read
   */
  <T> T read(Reading<T> reading) {
    acquire();
    Optional<OpenFile> file = database.opened();
    try {
      refuseIfClosed();
      EntryReader reader = pollCurrent();
      if (reader == null) {
        reader = EntryReader.open(database, unreadable);
      }
      try {
        T result = reading.from(reader);
        idle.push(reader);
        return result;
      } catch (Throwable e) {
        close(reader); // whatever state it is in
        throw e;
      }
    } catch (SQLException e) {
      if (SqliteFault.isBroken(e)) {
        database.noteBroken(file, e);
      }
      throw new JournalUnavailableException("the journal can't be read: " + e.getMessage(), e);
    } finally {
      if (closed) {
        closeIdle();
      }
      free.release();
    }
  }

  /** One that reads from the file that is written, which may be another one than before. */
  private EntryReader pollCurrent() {
    EntryReader reader = idle.poll();
    while (reader != null && !reader.isCurrent(database)) {
      close(reader);
      reader = idle.poll();
    }
    return reader;
  }

  /** Lets nobody read any more, and waits for those who do. */
  @Override
  public void close() {
    closed = true;
    try {
      if (free.tryAcquire(SIZE, CLOSING_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        free.release(SIZE);
      } else {
        LOG.log(
            Level.WARNING,
            "TRAIL0110W: Somebody still reads from the journal that is being closed.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeIdle();
  }

  private void acquire() {
    refuseIfClosed(); // at once, not behind whom it waits for
    try {
      if (!free.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new JournalUnavailableException("too many read from the journal at once", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalUnavailableException("interrupted while waiting to read the journal", e);
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new JournalUnavailableException("the journal is closed", null);
    }
  }

  private void closeIdle() {
    for (EntryReader reader = idle.poll(); reader != null; reader = idle.poll()) {
      close(reader);
    }
  }

  private static void close(EntryReader reader) {
    try {
      reader.close();
    } catch (SQLException e) {
      LOG.log(
          Level.WARNING,
          "TRAIL0111W: A connection to read the journal with was not closed properly.",
          e);
    }
  }
}
