package dev.trailcast.journal;

import dev.trailcast.activity.EncodedActivity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The one order of all activities, durable: the half that takes them in. Whoever reads them has the
 * {@link JournalReader}. Every method may be called by any thread at any time, and none waits for
 * the disk.
 */
public interface Journal {
  /**
   * Appends activities in this order, or finds that they have been appended before: one with the
   * same id and source is recorded once. Others' may come to lie between them.
   *
   * @return completes when all are durable, with a receipt for each in their order; fails with a
   *     {@link JournalUnavailableException}
   * @throws JournalFullException if the queue has no room for them now; more than it could ever
   *     hold is taken only where nothing else waits
   * @throws JournalUnavailableException if the journal can't be written now
   */
  CompletableFuture<List<Receipt>> append(List<EncodedActivity> activities);

  /**
   * Erases everything that an actor has done: what was appended before, and, until it is done,
   * perhaps what comes meanwhile. Then an {@link Erasure} is appended. It takes seconds where much
   * is kept; others' appends go on meanwhile, and other erasures wait.
   *
   * @return completes when nothing of it is left on the disk, nor comes back from there; fails with
   *     a {@link JournalUnavailableException}, and then a part may have been erased
   * @throws JournalFullException if too many are not done yet
   * @throws JournalUnavailableException as {@link #append}
   */
  CompletableFuture<Erased> erase(String actor);

  /** How the journal is. */
  JournalStatus status();

  /** How this node's copy of it is; empty where the order is given here. */
  default Optional<CopyStatus> copy() {
    return Optional.empty();
  }

  /** Makes copies of it; empty where what is here is a copy already. */
  default Optional<Backups> backups() {
    return Optional.empty();
  }
}
