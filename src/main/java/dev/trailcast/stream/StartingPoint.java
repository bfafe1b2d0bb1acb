package dev.trailcast.stream;

import dev.trailcast.activity.View;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.StreamPosition;
import java.time.Instant;

/**
 * Where a reader asks to begin: at a position, else at a time, else with the newest few, else now.
 *
 * @param position as it was given, or null
 * @param since or null
 * @param last how many, or null
 */
record StartingPoint(String position, Instant since, Integer last) {
  /** The position that stands for everything that is kept. */
  private static final String EARLIEST = "earliest";

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
      return new Place(withoutPosition(journal, now, view), null);
    }
    StreamPosition floor = journal.floor();
    if (position.equals(EARLIEST)) {
      return new Place(floor, null);
    }
    StreamPosition asked = StreamPosition.parse(position).orElse(null);
    StreamPosition head = journal.head();
    if (asked == null || !asked.epoch().equals(head.epoch()) || asked.offset() > head.offset()) {
      StreamPosition resumed = withoutPosition(journal, now, view);
      return new Place(resumed, new Gap(Gap.Reason.UNKNOWN, position, resumed));
    }
    if (asked.offset() < floor.offset()) {
      return new Place(floor, new Gap(Gap.Reason.EXPIRED, position, floor));
    }
    return new Place(asked, null);
  }

  private StreamPosition withoutPosition(Journal journal, StreamPosition now, View view) {
    if (since != null) {
      return journal.before(since);
    }
    if (last != null) {
      return last == 0 ? now : journal.beforeNewest(last, view);
    }
    return now;
  }
}
