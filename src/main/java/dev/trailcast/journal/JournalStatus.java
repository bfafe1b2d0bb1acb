package dev.trailcast.journal;

import java.time.Duration;
import java.util.Optional;

/**
 * How the journal is.
 *
 * @param problem why it can't be written now, in words for an operator; null if it can
 * @param writing whether its writer lives; where it does not, only a restart helps
 * @param queued how many activities wait for the disk
 * @param queuedBytes how many bytes of JSON these are
 * @param notice what an operator should see to although it can be written; null if nothing
 * @param filling how much of the room is taken for what waits, from 0 to about 1
 * @param freeBytes how much room the disk has left, when it was last looked at, which is done every
 *     second while it is open
 * @param clockLeap by how much the computer's clock is ahead of what is believed, after a leap that
 *     its monotonic clock denies; negative if behind, zero as a rule
 */
public record JournalStatus(
    String problem,
    boolean writing,
    int queued,
    long queuedBytes,
    String notice,
    double filling,
    long freeBytes,
    Duration clockLeap) {
  /** Whether it is open and can be written. */
  public boolean isReady() {
    return problem == null && writing;
  }

  /** Why it is not ready, if it is not. */
  public Optional<String> reason() {
    return Optional.ofNullable(problem != null ? problem : writing ? null : "its writer has ended");
  }
}
