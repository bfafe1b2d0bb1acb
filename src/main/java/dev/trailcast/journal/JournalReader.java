package dev.trailcast.journal;

import dev.trailcast.activity.View;
import java.time.Instant;

/**
 * The one order of all activities: the half that gives them out. Offsets rise from entry to entry,
 * and between two of them may lie any number that no entry has: nobody may count on the next one.
 *
 * <p>What a page tells is complete: everything of the view that lies behind {@link
 * JournalPage#after} and up to {@link JournalPage#upTo} is among its entries. It may end before
 * what was asked for, so that no call takes long.
 *
 * <p>Every method may be called by any thread at any time, and throws a {@link
 * JournalUnavailableException} if the journal can't be read; all but {@link #extent} read from the
 * disk. The offsets that are asked for are from 0 to that of the head.
 */
public interface JournalReader {
  /**
   * From where to where the journal reaches now.
   *
   * @throws JournalUnavailableException if the journal was never open
   */
  Extent extent();

  /**
   * Whether all that was recorded is here, as far as can be known, but for what is on its way: not
   * where the order is given elsewhere, and that can't be asked, or this node is behind it.
   */
  default boolean isCurrent() {
    return true;
  }

  /**
   * Reads on from a position: everything, whoever may see it.
   *
   * @param limit how many entries at most; fewer may come though more follow
   */
  JournalPage read(long after, int limit);

  /**
   * Reads on from a position, what belongs to a view, and what tells of an erasure.
   *
   * @param view what to leave the rest out for
   * @param limit how many entries at most; fewer may come, also none, though more follow
   */
  JournalPage read(long after, View view, int limit);

  /**
   * Reads back from a position, what belongs to a view: its newest entries up to there, in journal
   * order.
   *
   * @param view what to leave the rest out for
   * @param upTo where the page ends: what is newer is not looked at
   * @param limit how many entries at most; fewer may come, also none, though more lie before the
   *     page
   */
  JournalPage newest(View view, long upTo, int limit);

  /**
   * Where to begin for everything recorded at {@code since} or later: just before the first such
   * entry; the head if there is none.
   */
  StreamPosition before(Instant since);

  /**
   * Reads back from a position, for the newest entry of a view of each value of an attribute.
   *
   * @param newest takes what it wants of them; entries that do not have the attribute are left out
   * @param upTo what is newer is not looked at
   * @return behind where it has looked; more may lie before
   */
  StreamPosition collect(NewestOfEach newest, View view, long upTo);
}
