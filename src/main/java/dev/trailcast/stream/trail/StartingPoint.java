package dev.trailcast.stream.trail;

import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.View;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.Extent.Location;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.NewestOfEach;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.search.Search;
import java.time.Instant;
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
   * The place in a journal; over at once where nothing has to be read for it.
   *
   * @param now where live readers are
   * @throws dev.trailcast.journal.JournalUnavailableException if the journal was never open
   */
  Search<Place> in(JournalReader journal, StreamPosition now, View view);

  /** Whether the reader has been here before. */
  default boolean isResumed() {
    return false;
  }

  /** Where live readers are. */
  record Now() implements StartingPoint {
    @Override
    public Search<Place> in(JournalReader journal, StreamPosition now, View view) {
      return Search.over(new Place(now, null));
    }
  }

  /** With the oldest that is kept. */
  record Earliest() implements StartingPoint {
    /** What it is called where a position is asked for. */
    private static final String NAME = "earliest";

    @Override
    public Search<Place> in(JournalReader journal, StreamPosition now, View view) {
      return Search.over(new Place(journal.extent().floor(), null));
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
    public Search<Place> in(JournalReader journal, StreamPosition now, View view) {
      Extent extent = journal.extent();
      Optional<StreamPosition> asked = StreamPosition.parse(position);
      return switch (asked.map(extent::locate).orElse(Location.UNKNOWN)) {
        case HERE -> Search.over(new Place(asked.get(), null));
        case EXPIRED -> {
          StreamPosition floor = extent.floor();
          yield Search.over(new Place(floor, new Gap(Gap.Reason.EXPIRED, position, floor)));
        }
        // with one node, nothing that is ahead will ever come
        case UNKNOWN, AHEAD -> otherwise.in(journal, now, view).then(this::instead);
      };
    }

    private Search<Place> instead(Place resumed) {
      Gap gap = new Gap(Gap.Reason.UNKNOWN, position, resumed.position());
      return Search.over(new Place(resumed.position(), gap, resumed.selection()));
    }
  }

  /** With what was recorded since then. */
  record Since(Instant time) implements StartingPoint {
    @Override
    public Search<Place> in(JournalReader journal, StreamPosition now, View view) {
      return new TimeSearch(journal, now, time);
    }
  }

  /** With the newest few, or as many of them as are found. */
  record Last(int count) implements StartingPoint {
    @Override
    public Search<Place> in(JournalReader journal, StreamPosition now, View view) {
      return count == 0
          ? Search.over(new Place(now, null))
          : new NewestSearch(journal, view, count);
    }
  }

  /** With the newest of each actor or subject, as far as they are found. */
  record Latest(Attribute attribute) implements StartingPoint {
    /** Values that a reader gets the newest of at most, the newest of them all. */
    private static final int MOST = 10_000;

    @Override
    public Search<Place> in(JournalReader journal, StreamPosition now, View view) {
      return new NewestOfEachSearch(journal, view, now, new NewestOfEach(attribute, MOST));
    }
  }
}
