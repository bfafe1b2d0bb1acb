package dev.trailcast.stream.follow;

import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.JournalEntry;

/**
 * What a bean builds from activities: it takes one after the other, in the order of the journal.
 *
 * <p>It is called by one thread at a time, the same one, outside of any request and transaction. It
 * may take its time, and nobody waits for it. Where it throws, whatever that is, it is called again
 * with the same, after a pause that grows; so it is to do all of its work or none. It may get again
 * what it has had, after a process has died: what it keeps has to tell by {@link
 * JournalEntry#position()}, or by the activity's source and id, what it has.
 */
@FunctionalInterface
public interface Projection {
  /** Something was recorded. */
  void recorded(JournalEntry entry) throws Exception;

  /**
   * What an actor did was erased: what was made of it here is to go, too. It comes in its place
   * among the activities. Nothing is done unless this is overridden.
   */
  default void erased(Erasure erasure) throws Exception {}

  /**
   * What comes next does not join what came before. {@link Gap.Reason#EXPIRED}: retention has taken
   * what lies between. {@link Gap.Reason#UNKNOWN}: the journal was made anew, or an older copy was
   * put back; it goes on with the oldest that is kept, and what was built before is to be built
   * anew. The log tells of it in any case. If it throws each time it is tried, the log says that,
   * and it goes on.
   */
  default void gap(Gap gap) throws Exception {}
}
