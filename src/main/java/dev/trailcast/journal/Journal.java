package dev.trailcast.journal;

import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.View;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.CompletableFuture;

/**
 * The one order of all activities, durable. Every method may be called by any thread at any time;
 * all but {@link #append}, {@link #head}, {@link #floor} and {@link #status} read from the disk.
 */
public interface Journal {
  /**
   * Appends activities, in this order and next to each other, or finds that they have been appended
   * before: one with the same id and source is recorded once.
   *
   * @return completes when all are durable, with a receipt for each in their order; fails with a
   *     {@link JournalUnavailableException}
   * @throws JournalFullException if the queue has no room for them now; more than it could ever
   *     hold is taken only where nothing else waits
   * @throws JournalUnavailableException if the journal can't be written now
   */
  CompletableFuture<List<Receipt>> append(List<EncodedActivity> activities);

  /**
   * Behind the newest entry; at the beginning where there never was one.
   *
   * @throws JournalUnavailableException if the journal was never open
   */
  StreamPosition head();

  /**
   * Behind the newest entry that retention has taken: history is complete from here on.
   *
   * @throws JournalUnavailableException if the journal was never open
   */
  StreamPosition floor();

  /**
   * Reads on from a position: everything, whoever may see it.
   *
   * @param after an offset from 0 to that of the head
   * @param limit how many entries at most; fewer may come though more follow: {@link
   *     JournalPage#upTo} says how far the page goes
   * @throws JournalUnavailableException if it can't be read
   */
  JournalPage read(long after, int limit);

  /**
   * Reads on from a position, what belongs to a view.
   *
   * @param after an offset from 0 to that of the head
   * @param view what to leave the rest out for
   * @param limit how many entries at most; fewer may come, also none, though more follow: {@link
   *     JournalPage#upTo} says how far this page goes
   * @throws JournalUnavailableException if it can't be read
   */
  JournalPage read(long after, View view, int limit);

  /**
   * Where to begin for everything recorded at {@code since} or later: just before the first such
   * entry; the head if there is none.
   *
   * @throws JournalUnavailableException if it can't be read
   */
  StreamPosition before(Instant since);

  /**
   * Where to begin for the newest {@code count} entries of a view: just before the oldest of them;
   * at {@code upTo} where there is none.
   *
   * @param upTo an offset from 0 to that of the head: what is newer is not looked at
   * @throws JournalUnavailableException if it can't be read
   */
  StreamPosition beforeNewest(int count, View view, long upTo);

  /**
   * The newest entry of a view for each value of an attribute: the state of things. Entries that do
   * not have it are left out.
   *
   * @param upTo an offset from 0 to that of the head: what is newer is not looked at
   * @param most how many at most; then they are the newest
   * @return their offsets
   * @throws JournalUnavailableException if it can't be read
   */
  NavigableSet<Long> newestOfEach(Attribute attribute, View view, long upTo, int most);

  /** How the journal is. Does not wait for the disk. */
  JournalStatus status();
}
