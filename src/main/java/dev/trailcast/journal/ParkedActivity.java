package dev.trailcast.journal;

import java.time.Instant;

/**
 * An activity that somebody who follows the journal could not take, and went on without.
 *
 * @param entry what it was
 * @param reason what went wrong the last time, cut after {@value #MOST_REASON} characters
 * @param tries how often it was tried
 * @param parked when it was given up
 */
public record ParkedActivity(JournalEntry entry, String reason, int tries, Instant parked) {
  private static final int MOST_REASON = 500;

  public ParkedActivity {
    if (reason.length() > MOST_REASON) {
      reason = reason.substring(0, MOST_REASON) + "…";
    }
  }

  /** Where it stands. */
  public StreamPosition position() {
    return entry.position();
  }
}
