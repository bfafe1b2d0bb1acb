package dev.trailcast.ingest.outbox;

import dev.trailcast.activity.EncodedActivity;
import java.util.List;

/** How the activities of one transaction outlive it. For one thread at a time. */
interface Keeping {
  /**
   * Keeps one more, in the transaction.
   *
   * @throws OutboxException if it can't, and the transaction has to be rolled back
   */
  void keep(EncodedActivity activity);

  /** Hands on all of them, now that it has committed. Throws nothing, and waits for no disk. */
  void record(List<EncodedActivity> all);
}
