package dev.trailcast.journal.writer;

import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.store.EntryStore;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The last part of an erasure: what the files still have of it where nobody looks is overwritten.
 * That is not possible while somebody reads from the log: then it is tried again, so many times.
 * For the thread that writes.
 */
public final class Wiping {
  /** After the log could not be emptied, for which the writer was held up for 20 ms. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Our own reads take milliseconds; so somebody holds the log, and may do so for ever. */
  static final int MOST_TRIES = 100;

  /** How it stands. */
  public enum Progress {
    UNDER_WAY,
    DONE,
    GIVEN_UP
  }

  private final LongSupplier nanoTime;
  private long page; // of the file
  private int tries; // to empty the log, in vain, one after the other
  private long due; // when to go on

  /**
   * @param nanoTime the monotonic clock
   */
  public Wiping(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.due = nanoTime.getAsLong();
  }

  /** Why it was given up. */
  public static JournalUnavailableException heldUp() {
    return new JournalUnavailableException("somebody reads from the journal without end", null);
  }

  /** How long there is nothing to do for it. */
  public Duration pause() {
    return Duration.ofNanos(Math.max(0, due - nanoTime.getAsLong()));
  }

  /** Does a part that takes milliseconds, if it is time. */
  public Progress goOn(EntryStore store) throws SQLException, IOException {
    if (!pause().isZero()) {
      return Progress.UNDER_WAY;
    }
    long next = store.wipe(page);
    if (next == page) {
      due = nanoTime.getAsLong() + PAUSE.toNanos();
      tries++;
      return tries == MOST_TRIES ? Progress.GIVEN_UP : Progress.UNDER_WAY;
    }
    tries = 0;
    page = next;
    return page < 0 ? Progress.DONE : Progress.UNDER_WAY;
  }
}
