package dev.trailcast.stream;

import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.View;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.StreamPosition;
import java.time.Instant;
import java.util.NavigableSet;

/**
 * Where a reader asks to begin: at a position, else at a time, else with the newest few, else with
 * the newest of each actor or subject, else now.
 *
 * @param position as it was given, or null
 * @param since or null
 * @param last how many, or null
 * @param latest an attribute, of each of whose values the newest is wanted, or null
 */
record StartingPoint(String position, Instant since, Integer last, Attribute latest) {
  /** The position that stands for everything that is kept. */
  private static final String EARLIEST = "earliest";

  /** Values that a reader gets the newest of at most, the newest of them all. */
  private static final int MOST_LATEST = 10_000;

  /** Nothing is asked for. */
  static final StartingPoint NOW = new StartingPoint(null, null, null, null);

  /** Whether the reader has been here before. */
  boolean isResumed() {
    return position != null && !position.equals(EARLIEST);
  }

  /**
   * The place in a journal.
   *
   * @param now where live readers are
   * @throws dev.trailcast.journal.JournalUnavailableException if the journal can't be read
   */
  Place in(Journal journal, StreamPosition now, View view) {
    if (position == null) {
      return withoutPosition(journal, now, view);
    }
    StreamPosition floor = journal.floor();
    if (position.equals(EARLIEST)) {
      return new Place(floor, null);
    }
    StreamPosition asked = StreamPosition.parse(position).orElse(null);
    StreamPosition head = journal.head();
    if (asked == null || !asked.epoch().equals(head.epoch()) || asked.offset() > head.offset()) {
      Place resumed = withoutPosition(journal, now, view);
      Gap gap = new Gap(Gap.Reason.UNKNOWN, position, resumed.position());
      return new Place(resumed.position(), gap, resumed.selection());
    }
    if (asked.offset() < floor.offset()) {
      return new Place(floor, new Gap(Gap.Reason.EXPIRED, position, floor));
    }
    return new Place(asked, null);
  }

  private Place withoutPosition(Journal journal, StreamPosition now, View view) {
    if (since != null) {
      return new Place(journal.before(since), null);
    }
    if (last != null) {
      return new Place(last == 0 ? now : newest(journal, view), null);
    }
    if (latest != null) {
      NavigableSet<Long> newest = journal.newestOfEach(latest, view, now.offset(), MOST_LATEST);
      long before = newest.isEmpty() ? now.offset() : newest.first() - 1;
      return new Place(now.at(before), null, new Selection(newest, now.offset()));
    }
    return new Place(now, null);
  }

  private StreamPosition newest(Journal journal, View view) {
    return journal.beforeNewest(last, view, journal.head().offset());
  }
}
