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
   * The place in a journal, and one that the reader may be told of; over at once where nothing has
   * to be read for it.
   *
   * @param tail what live readers follow
   * @throws dev.trailcast.journal.JournalUnavailableException if the journal was never open
   */
  Search<Place> in(JournalReader journal, Tail tail, View view);

  /** Begins at the last place before the one that is found, of which the reader may be told. */
  private static Search<Place> visible(
      Search<Place> search, JournalReader journal, Tail tail, View view) {
    return search.then(place -> new VisibleSearch(journal, tail, view, place));
  }

  /** Whether the reader has been here before. */
  default boolean isResumed() {
    return false;
  }

  /** Where live readers are. */
  record Now() implements StartingPoint {
    @Override
    public Search<Place> in(JournalReader journal, Tail tail, View view) {
      return visible(Search.over(new Place(tail.head(), null)), journal, tail, view);
    }
  }

  /** With the oldest that is kept. */
  record Earliest() implements StartingPoint {
    /** What it is called where a position is asked for. */
    private static final String NAME = "earliest";

    @Override
    public Search<Place> in(JournalReader journal, Tail tail, View view) {
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
    public Search<Place> in(JournalReader journal, Tail tail, View view) {
      Extent extent = journal.extent();
      Optional<StreamPosition> asked = StreamPosition.parse(position);
      return switch (asked.map(extent::locate).orElse(Location.UNKNOWN)) {
        case HERE ->
            mayKnow(asked.get(), extent, tail, view)
                ? Search.over(new Place(asked.get(), null))
                : otherwise(journal, tail, view);
        case AHEAD ->
            extent.mayComeTo(asked.get()) // then it waits there
                ? Search.over(new Place(asked.get(), null))
                : otherwise(journal, tail, view);
        case EXPIRED -> {
          StreamPosition floor = extent.floor();
          yield Search.over(new Place(floor, new Gap(Gap.Reason.EXPIRED, position, floor)));
        }
        case UNKNOWN -> otherwise(journal, tail, view);
      };
    }

    /** What is there, but beyond its horizon, is to a reader as if it were not there yet. */
    private static boolean mayKnow(StreamPosition asked, Extent extent, Tail tail, View view) {
      return extent.mayBeBehind() // then it waits there just as well
          || asked.offset() <= extent.floor().offset()
          || asked.offset() > tail.head().offset() // on its way there: it has not been looked at
          || asked.offset() <= new Horizon(tail, view).now().offset();
    }

    private Search<Place> otherwise(JournalReader journal, Tail tail, View view) {
      return otherwise.in(journal, tail, view).then(this::instead);
    }

    private Search<Place> instead(Place resumed) {
      Gap gap = new Gap(Gap.Reason.UNKNOWN, position, resumed.position());
      return Search.over(new Place(resumed.position(), gap, resumed.selection()));
    }
  }

  /** With what was recorded since then. */
  record Since(Instant time) implements StartingPoint {
    @Override
    public Search<Place> in(JournalReader journal, Tail tail, View view) {
      return visible(new TimeSearch(journal, tail.head(), time), journal, tail, view);
    }
  }

  /** With the newest few, or as many of them as are found. */
  record Last(int count) implements StartingPoint {
    @Override
    public Search<Place> in(JournalReader journal, Tail tail, View view) {
      return count == 0
          ? NOW.in(journal, tail, view)
          : visible(new NewestSearch(journal, view, count), journal, tail, view);
    }
  }

  /** With the newest of each actor or subject, as far as they are found. */
  record Latest(Attribute attribute) implements StartingPoint {
    /** Values that a reader gets the newest of at most, the newest of them all. */
    private static final int MOST = 10_000;

    @Override
    public Search<Place> in(JournalReader journal, Tail tail, View view) {
      NewestOfEach newest = new NewestOfEach(attribute, MOST);
      return visible(
          new NewestOfEachSearch(journal, view, tail.head(), newest), journal, tail, view);
    }
  }
}
