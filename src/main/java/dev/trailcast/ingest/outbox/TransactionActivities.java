package dev.trailcast.ingest.outbox;

import dev.trailcast.activity.EncodedActivity;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.ArrayList;
import java.util.List;

/**
 * What was fired inside one transaction: kept when it is about to commit, recorded once it has, and
 * only then. For the one thread at a time that a transaction has.
 */
final class TransactionActivities implements Synchronization {
  private final Keeping keeping;
  private final int maxBytes;
  private final List<EncodedActivity> activities = new ArrayList<>();
  private long bytes;
  private boolean kept;

  TransactionActivities(Keeping keeping, int maxBytes) {
    this.keeping = keeping;
    this.maxBytes = maxBytes;
  }

  /**
   * Takes one more.
   *
   * @throws IllegalStateException if they become too many to be held
   * @throws OutboxException if it had to be kept at once, and can't be
   */
  void add(EncodedActivity activity) {
    bytes += activity.json().length;
    if (bytes > maxBytes) {
      throw new IllegalStateException(
          ("The activities of one transaction are held until it commits, and must not be larger"
                  + " than %d bytes together (trailcast.ingest.max-transaction-bytes)")
              .formatted(maxBytes));
    }
    activities.add(activity);
    if (kept) { // what JPA writes when a transaction completes may fire, after it was our turn
      keeping.keep(List.of(activity));
    }
  }

  @Override
  public void beforeCompletion() {
    keeping.keep(activities);
    kept = true;
  }

  @Override
  public void afterCompletion(int status) {
    if (status == Status.STATUS_COMMITTED) {
      keeping.record(activities);
    }
  }
}
