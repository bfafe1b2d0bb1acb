package dev.trailcast.stream.trail;

import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.View;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.Extent.Location;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.StreamPosition;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;

/** Where a reader asks to begin. */
public sealed interface StartingPoint {
  /** Nothing is asked for. */
  StartingPoint NOW = new Now();

  /**
   * What several parameters say together: a position outweighs a time, that the newest few, and
   * these the newest of each.
   *
   * @param position as it was given, or null
   * @param since or null
   * @param last how many, or null
   * @param latest an attribute, of each of whose values the newest is wanted, or null
   */
  static StartingPoint of(String position, Instant since, Integer last, Attribute latest) {
    StartingPoint otherwise = NOW;
    if (since != null) {
      otherwise = new Since(since);
    } else if (last != null) {
      otherwise = new Last(last);
    } else if (latest != null) {
      otherwise = new Latest(latest);
    }
    if (position == null) {
      return otherwise;
    }
    return position.equals(Earliest.NAME) ? new Earliest() : new Behind(position, otherwise);
  }

  /**
   * The place in a journal.
   *
   * @param now where live readers are
   * @throws dev.trailcast.journal.JournalUnavailableException if the journal can't be read
   */
  Place in(JournalReader journal, StreamPosition now, View view);

  /** Whether the reader has been here before. */
  default boolean isResumed() {
    return false;
  }

  /** Where live readers are. */
  record Now() implements StartingPoint {
    @Override
    public Place in(JournalReader journal, StreamPosition now, View view) {
      return new Place(now, null);
    }
  }

  /** With the oldest that is kept. */
  record Earliest() implements StartingPoint {
    /** What it is called where a position is asked for. */
    private static final String NAME = "earliest";

    @Override
    public Place in(JournalReader journal, StreamPosition now, View view) {
      return new Place(journal.extent().floor(), null);
    }
  }

  /**
   * Behind what the reader has had.
   *
   * @param position as it was given
   * @param otherwise where to begin if it is none of this journal's
   */
  record Behind(String position, StartingPoint otherwise) implements StartingPoint {
    @Override
    public boolean isResumed() {
      return true;
    }

    @Override
    public Place in(JournalReader journal, StreamPosition now, View view) {
      Extent extent = journal.extent();
      Optional<StreamPosition> asked = StreamPosition.parse(position);
      return switch (asked.map(extent::locate).orElse(Location.UNKNOWN)) {
        case HERE -> new Place(asked.get(), null);
        case EXPIRED -> {
          StreamPosition floor = extent.floor();
          yield new Place(floor, new Gap(Gap.Reason.EXPIRED, position, floor));
        }
        case UNKNOWN, AHEAD -> { // with one node, nothing that is ahead will ever come
          Place resumed = otherwise.in(journal, now, view);
          Gap gap = new Gap(Gap.Reason.UNKNOWN, position, resumed.position());
          yield new Place(resumed.position(), gap, resumed.selection());
        }
      };
    }
  }

  /** With what was recorded since then. */
  record Since(Instant time) implements StartingPoint {
    @Override
    public Place in(JournalReader journal, StreamPosition now, View view) {
      return new Place(journal.before(time), null);
    }
  }

  /** With the newest few. */
  record Last(int count) implements StartingPoint {
    @Override
    public Place in(JournalReader journal, StreamPosition now, View view) {
      return new Place(count == 0 ? now : beforeNewest(journal, view), null);
    }

    private StreamPosition beforeNewest(JournalReader journal, View view) {
      StreamPosition head = journal.extent().head();
      long before = head.offset();
      long at = head.offset();
      int missing = count;
      while (missing > 0 && at > journal.extent().floor().offset()) {
        JournalPage page = journal.newest(view, at, missing);
        if (!page.entries().isEmpty()) {
          before = page.entries().get(0).offset() - 1;
        }
        missing -= page.entries().size();
        at = page.after().offset();
      }
      return head.at(Math.max(before, journal.extent().floor().offset()));
    }
  }

  /** With the newest of each actor or subject. */
  record Latest(Attribute attribute) implements StartingPoint {
    /** Values that a reader gets the newest of at most, the newest of them all. */
    private static final int MOST = 10_000;

    @Override
    public Place in(JournalReader journal, StreamPosition now, View view) {
      NavigableSet<Long> newest = journal.newestOfEach(attribute, view, now.offset(), MOST);
      long before = newest.isEmpty() ? now.offset() : newest.first() - 1;
      return new Place(now.at(before), null, new Selection(newest, now.offset()));
    }
  }
}
