package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.Extent.Location;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.search.Search;
import dev.trailcast.stream.trail.Horizon;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads pages of a view: forwards from the tail where it reaches back so far, else from the
 * journal.
 */
record PageReader(JournalReader journal, Tail tail) {
  /** A page ends behind the activity that fills this much. */
  static final int MOST_BYTES = 1 << 20;

  /** What is asked for. */
  Search<ActivityPage> page(PageRequest asked, View view) {
    return page(asked, view, place -> {});
  }

  /**
   * The same.
   *
   * @param beginning is told where a page in journal order begins, when that is found
   */
  Search<ActivityPage> page(PageRequest asked, View view, Consumer<Place> beginning) {
    if (asked.after() == null) {
      return asked.before() == null
          ? newest(view, asked.limit())
          : before(asked.before(), view, asked.limit());
    }
    return asked
        .after()
        .in(journal, tail, view)
        .then(
            place -> {
              beginning.accept(place);
              return after(place, view, asked.limit());
            });
  }

  /** What comes behind a place, in journal order. */
  Search<ActivityPage> after(Place place, View view, int limit) {
    return new ForwardSearch(this, place, view, limit);
  }

  /** The newest activities, newest first. */
  Search<ActivityPage> newest(View view, int limit) {
    return new BackwardSearch(journal, journal.extent().head(), view, limit, null);
  }

  /**
   * What comes before the activity at a position, newest first.
   *
   * @param asked the position as it was given
   */
  Search<ActivityPage> before(String asked, View view, int limit) {
    Extent extent = journal.extent();
    Optional<StreamPosition> known = StreamPosition.parse(asked);
    return switch (known.map(extent::locate).orElse(Location.UNKNOWN)) {
      case HERE -> new BackwardSearch(journal, beforeLast(known.get(), extent), view, limit, null);
      // as if somebody had it: who may not see what is there is not to find out whether it is
      case AHEAD -> newest(view, limit);
      case EXPIRED ->
          Search.over(
              new ActivityPage.Backward(
                  List.of(), null, new Gap(Gap.Reason.EXPIRED, asked, extent.floor())));
      case UNKNOWN -> {
        Gap gap = new Gap(Gap.Reason.UNKNOWN, asked, new Horizon(tail, view).now());
        yield new BackwardSearch(journal, extent.head(), view, limit, gap);
      }
    };
  }

  /** All but the one that is there. */
  private static StreamPosition beforeLast(StreamPosition position, Extent extent) {
    return position.at(Math.max(extent.floor().offset(), position.offset() - 1));
  }

  static List<RecordedFrame> encoded(List<JournalEntry> entries) {
    WriteBuffer scratch = new WriteBuffer(0);
    List<RecordedFrame> frames = new ArrayList<>(entries.size());
    for (JournalEntry entry : entries) {
      frames.add(new RecordedFrame(entry, scratch));
    }
    return frames;
  }
}
