package dev.trailcast.journal.writer;

import dev.trailcast.journal.Erased;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.EntryStore;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * An erasure that is under way: first the entries go, a few at a time between others' commits; then
 * an {@link Erasure} is appended, behind which nobody gets them any more; then what the files still
 * have of them is overwritten. That is not possible while somebody reads from the log: then it is
 * tried again, so many times. For the thread that writes.
 *
 * <p>Nothing of it is kept over a restart: until it is answered it is as if it had not been asked
 * for, though a part may have been done.
 */
final class Erasing {
  /** After the log could not be emptied, for which the writer was held up for 20 ms. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Our own reads take milliseconds; so somebody holds the log, and may do so for ever. */
  static final int MOST_TRIES = 100;

  /** How far it has come. */
  private enum Stage {
    ENTRIES,
    NOTICE,
    REMAINS
  }

  // fixed at birth
  private final String actor;
  private final StreamPosition upTo;
  private final LongSupplier nanoTime;
  private final CompletableFuture<Erased> answer;

  private Stage stage = Stage.ENTRIES;
  private long at; // up to here it has looked
  private long count;
  private StreamPosition noticed; // of a meaning from the last stage on
  private long page; // of the file, likewise
  private int tries; // to empty the log, in vain, one after the other
  private long due; // when to go on

  /**
   * @param upTo what comes behind this stays
   */
  Erasing(
      String actor, StreamPosition upTo, LongSupplier nanoTime, CompletableFuture<Erased> answer) {
    this.actor = actor;
    this.upTo = upTo;
    this.nanoTime = nanoTime;
    this.due = nanoTime.getAsLong();
    this.answer = answer;
  }

  /** How long there is nothing to do for it. */
  Duration pause() {
    return Duration.ofNanos(Math.max(0, due - nanoTime.getAsLong()));
  }

  /**
   * Does a part that takes milliseconds, if it is time.
   *
   * @return whether it is over
   */
  boolean goOn(EntryStore store, Erasures.Notice notice) throws SQLException, IOException {
    if (!pause().isZero()) {
      return false;
    }
    switch (stage) {
      case ENTRIES -> {
        EntryStore.Erasing part = store.erase(actor, at, upTo.offset());
        count += part.count();
        at = part.upTo();
        stage = at < upTo.offset() ? stage : Stage.NOTICE;
      }
      case NOTICE -> {
        noticed = notice.append(Erasure.of(actor, upTo));
        stage = Stage.REMAINS;
      }
      case REMAINS -> {
        return wipe(store);
      }
    }
    return false;
  }

  private boolean wipe(EntryStore store) throws SQLException, IOException {
    long next = store.wipe(page);
    if (next == page) {
      return tryLater();
    }
    tries = 0;
    page = next;
    if (page < 0) {
      answer.complete(new Erased(count, noticed));
    }
    return page < 0;
  }

  private boolean tryLater() {
    due = nanoTime.getAsLong() + PAUSE.toNanos();
    tries++;
    if (tries == MOST_TRIES) {
      fail(new JournalUnavailableException("somebody reads from the journal without end", null));
    }
    return tries == MOST_TRIES;
  }

  void fail(JournalUnavailableException why) {
    answer.completeExceptionally(why);
  }
}
