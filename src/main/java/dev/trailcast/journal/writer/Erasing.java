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
 * have of them is overwritten. For the thread that writes.
 *
 * <p>Nothing of it is kept over a restart: until it is answered it is as if it had not been asked
 * for, though a part may have been done.
 */
final class Erasing {
  /** How far it has come. */
  private enum Stage {
    ENTRIES,
    NOTICE,
    REMAINS
  }

  // fixed at birth
  private final String actor;
  private final StreamPosition upTo;
  private final Wiping wiping;
  private final CompletableFuture<Erased> answer;

  private Stage stage = Stage.ENTRIES;
  private long at; // up to here it has looked
  private long count;
  private StreamPosition noticed; // of a meaning from the last stage on

  /**
   * @param upTo what comes behind this stays
   */
  Erasing(
      String actor, StreamPosition upTo, LongSupplier nanoTime, CompletableFuture<Erased> answer) {
    this.actor = actor;
    this.upTo = upTo;
    this.wiping = new Wiping(nanoTime);
    this.answer = answer;
  }

  /** How long there is nothing to do for it. */
  Duration pause() {
    return wiping.pause();
  }

  /**
   * Does a part that takes milliseconds, if it is time.
   *
   * @return whether it is over
   */
  boolean goOn(EntryStore store, Erasures.Notice notice) throws SQLException, IOException {
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
    switch (wiping.goOn(store)) {
      case UNDER_WAY -> {
        return false;
      }
      case DONE -> answer.complete(new Erased(count, noticed));
      case GIVEN_UP -> fail(Wiping.heldUp());
    }
    return true;
  }

  void fail(JournalUnavailableException why) {
    answer.completeExceptionally(why);
  }
}
