package dev.trailcast.journal.queue;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What one caller wants appended. It is committed as a whole.
 *
 * @param activities none where the caller only waits for what was brought before
 * @param bytes how long their JSON is together
 * @param receipts completes when all are durable
 */
public record Append(
    List<EncodedActivity> activities, long bytes, CompletableFuture<List<Receipt>> receipts) {
  /** These, to be waited for. */
  public static Append of(List<EncodedActivity> activities) {
    long bytes = 0;
    for (EncodedActivity activity : activities) {
      bytes += activity.json().length;
    }
    return new Append(List.copyOf(activities), bytes, new CompletableFuture<>());
  }

  /** Tells whoever waits that they are not durable, as far as is known. */
  public void fail(JournalUnavailableException failure) {
    receipts.completeExceptionally(failure);
  }
}
