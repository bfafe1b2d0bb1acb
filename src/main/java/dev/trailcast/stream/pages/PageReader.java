package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.Extent.Location;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.trail.HistoryPage;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Reads pages of a view on the caller's thread: forwards from the tail where it reaches back so
 * far, else from the journal. Every method throws a {@link
 * dev.trailcast.journal.JournalUnavailableException} if the journal can't be read.
 */
final class PageReader {
  /** A page ends behind the activity that fills this much. */
  private static final int MOST_BYTES = 1 << 20;

  /** A page ends after so many stretches of the journal, for one request is not to scan it all. */
  private static final int MOST_STRETCHES = 32;

  private final JournalReader journal;
  private final Tail tail;

  PageReader(JournalReader journal, Tail tail) {
    this.journal = journal;
    this.tail = tail;
  }

  /** What comes behind a place, in journal order. */
  ActivityPage.Forward after(Place place, View view, int limit) {
    List<RecordedFrame> frames = new ArrayList<>();
    Gap gap = place.gap();
    StreamPosition at = place.position();
    int bytes = 0;
    for (int stretch = 0; stretch < MOST_STRETCHES; stretch++) {
      if (isAtHead(at)) {
        return new ActivityPage.Forward(frames, at, true, gap);
      }
      Stretch read = stretch(at, view, limit - frames.size());
      if (read.after().offset() > at.offset()) {
        if (!frames.isEmpty() || gap != null) {
          break; // the next page is to tell of it
        }
        gap = new Gap(Gap.Reason.EXPIRED, at.toString(), read.after());
      }
      for (RecordedFrame frame : read.frames()) {
        frames.add(frame);
        bytes += frame.bytes();
        at = frame.position();
        if (frames.size() == limit || bytes >= MOST_BYTES) {
          return new ActivityPage.Forward(frames, at, isAtHead(at), gap);
        }
      }
      at = read.upTo();
    }
    return new ActivityPage.Forward(frames, at, false, gap);
  }

  private boolean isAtHead(StreamPosition at) {
    return at.offset() >= journal.extent().head().offset();
  }

  private record Stretch(StreamPosition after, List<RecordedFrame> frames, StreamPosition upTo) {}

  private Stretch stretch(StreamPosition at, View view, int limit) {
    HistoryPage page = tail.page(at.offset());
    if (page != null) {
      return new Stretch(at, page.frames().of(view), at.at(page.upTo()));
    }
    JournalPage read = journal.read(at.offset(), view, limit);
    return new Stretch(read.after(), encoded(read.entries()), read.upTo());
  }

  /** The newest activities, newest first. */
  ActivityPage.Backward newest(View view, int limit) {
    return backwards(journal.extent().head(), view, limit, null);
  }

  /**
   * What comes before the activity at a position, newest first.
   *
   * @param asked the position as it was given
   */
  ActivityPage.Backward before(String asked, View view, int limit) {
    Extent extent = journal.extent();
    Optional<StreamPosition> known = StreamPosition.parse(asked);
    return switch (known.map(extent::locate).orElse(Location.UNKNOWN)) {
      case HERE -> backwards(beforeLast(known.get(), extent), view, limit, null);
      case EXPIRED ->
          new ActivityPage.Backward(
              List.of(), null, new Gap(Gap.Reason.EXPIRED, asked, extent.floor()));
      case UNKNOWN, AHEAD ->
          backwards(extent.head(), view, limit, new Gap(Gap.Reason.UNKNOWN, asked, extent.head()));
    };
  }

  /** All but the one that is there. */
  private static StreamPosition beforeLast(StreamPosition position, Extent extent) {
    return position.at(Math.max(extent.floor().offset(), position.offset() - 1));
  }

  private ActivityPage.Backward backwards(StreamPosition end, View view, int limit, Gap gap) {
    List<RecordedFrame> frames = new ArrayList<>();
    StreamPosition at = end;
    int bytes = 0;
    while (frames.size() < limit && bytes < MOST_BYTES && isKept(at)) {
      JournalPage read = journal.newest(view, at.offset(), limit - frames.size());
      List<RecordedFrame> older = encoded(read.entries());
      Collections.reverse(older);
      for (RecordedFrame frame : older) {
        frames.add(frame);
        bytes += frame.bytes();
      }
      at = read.after();
    }
    StreamPosition next = isKept(at) ? frames.get(frames.size() - 1).position() : null;
    return new ActivityPage.Backward(frames, next, gap);
  }

  /** Whether there may be any up to here. */
  private boolean isKept(StreamPosition at) {
    return at.offset() > journal.extent().floor().offset();
  }

  private static List<RecordedFrame> encoded(List<JournalEntry> entries) {
    WriteBuffer scratch = new WriteBuffer(0);
    List<RecordedFrame> frames = new ArrayList<>(entries.size());
    for (JournalEntry entry : entries) {
      frames.add(new RecordedFrame(entry, scratch));
    }
    return frames;
  }
}
