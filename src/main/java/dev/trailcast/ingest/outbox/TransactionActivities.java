package dev.trailcast.ingest.outbox;

import dev.trailcast.activity.EncodedActivity;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.ArrayList;
import java.util.List;

/**
 * What was fired inside one transaction: kept at once, recorded when it has committed, and only
 * then. For the one thread at a time that a transaction has.
 */
final class TransactionActivities implements Synchronization {
  private final Keeping keeping;
  private final int maxBytes;
  private final List<EncodedActivity> activities = new ArrayList<>();
  private long bytes;

  TransactionActivities(Keeping keeping, int maxBytes) {
    this.keeping = keeping;
    this.maxBytes = maxBytes;
  }

  /**
   * Takes one more.
   *
   * @throws IllegalStateException if they become too many to be held
   * @throws OutboxException if it can't be kept
   */
  void add(EncodedActivity activity) {
    bytes += activity.json().length;
    if (bytes > maxBytes) {
      throw new IllegalStateException(
          ("The activities of one transaction are held until it commits, and must not be larger"
                  + " than %d bytes together (trailcast.ingest.max-transaction-bytes)")
              .formatted(maxBytes));
    }
    keeping.keep(activity);
    activities.add(activity);
  }

  /** They are kept already: whoever fires now, as JPA's listeners do, may still come after this. */
  @Override
  public void beforeCompletion() {}

  @Override
  public void afterCompletion(int status) {
    if (status == Status.STATUS_COMMITTED) {
      keeping.record(activities);
    }
  }
}
