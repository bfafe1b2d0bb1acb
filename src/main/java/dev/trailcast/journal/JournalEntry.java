package dev.trailcast.journal;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import java.time.Instant;

/**
 * An activity with its place in the journal.
 *
 * @param position just behind it: a reader that has seen it is there
 * @param recorded when it was recorded, to the millisecond; never runs backwards from entry to
 *     entry
 * @param encoded what was recorded
 */
public record JournalEntry(StreamPosition position, Instant recorded, EncodedActivity encoded) {
  /** What was recorded. */
  public Activity activity() {
    return encoded.activity();
  }

  /** The number of this entry. */
  public long offset() {
    return position.offset();
  }
}
