package dev.trailcast.ingest;

import dev.trailcast.activity.EncodedActivity;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.ArrayList;
import java.util.List;

/** What was fired inside one transaction: recorded once it has committed, and only then. */
final class TransactionActivities implements Synchronization {
  private final Intake intake;
  private final int maxBytes;
  private final List<EncodedActivity> activities = new ArrayList<>();
  private long bytes;

  TransactionActivities(Intake intake, int maxBytes) {
    this.intake = intake;
    this.maxBytes = maxBytes;
  }

  /**
   * Keeps one more.
   *
   * @throws IllegalStateException if they become too many to be held
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
  }

  @Override
  public void beforeCompletion() {}

  @Override
  public void afterCompletion(int status) {
    if (status == Status.STATUS_COMMITTED) {
      intake.recordCommitted(activities);
    }
  }
}
