package dev.trailcast.stream;

import dev.trailcast.activity.View;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.StreamPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads pages of a view: from the tail where it reaches back so far, else from the journal, on the
 * caller's thread. Every method throws a {@link dev.trailcast.journal.JournalUnavailableException}
 * if the journal can't be read.
 */
final class PageReader {
  /** A page ends behind the activity that fills this much. */
  private static final int MOST_BYTES = 1 << 20;

  /** A page ends after so many stretches of the journal, for one request is not to scan it all. */
  private static final int MOST_STRETCHES = 32;

  /** So many are read at a time where a page goes backwards: activities may be long. */
  private static final int STEP = 100;

  private final Journal journal;
  private final Tail tail;

  PageReader(Journal journal, Tail tail) {
    this.journal = journal;
    this.tail = tail;
  }

  /** What comes behind a place, in journal order. */
  ActivityPage after(Place place, View view, int limit) {
    List<RecordedFrame> frames = new ArrayList<>();
    Gap gap = place.gap();
    StreamPosition at = place.position();
    int bytes = 0;
    for (int stretch = 0; stretch < MOST_STRETCHES; stretch++) {
      if (at.offset() >= journal.head().offset()) {
        return new ActivityPage(frames, at, true, gap);
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
          return new ActivityPage(frames, at, at.offset() >= journal.head().offset(), gap);
        }
      }
      at = read.upTo();
    }
    return new ActivityPage(frames, at, false, gap);
  }

  /**
   * What comes before a position, newest first.
   *
   * @param asked the position as it was given; null is the newest
   */
  ActivityPage before(String asked, View view, int limit) {
    StreamPosition head = journal.head();
    StreamPosition floor = journal.floor();
    StreamPosition end = asked == null ? head : StreamPosition.parse(asked).orElse(null);
    Gap gap = null;
    if (end == null || !end.epoch().equals(head.epoch()) || end.offset() > head.offset()) {
      gap = new Gap(Gap.Reason.UNKNOWN, asked, head);
      end = head;
    } else if (end.offset() < floor.offset()) {
      gap = new Gap(Gap.Reason.EXPIRED, asked, floor);
      end = floor;
    } else if (asked != null) {
      end = end.at(Math.max(floor.offset(), end.offset() - 1)); // all but the one that is there
    }
    return backwards(end, view, limit, gap);
  }

  private ActivityPage backwards(StreamPosition end, View view, int limit, Gap gap) {
    List<RecordedFrame> frames = new ArrayList<>();
    StreamPosition at = end;
    int bytes = 0;
    while (frames.size() < limit && bytes < MOST_BYTES) {
      int step = Math.min(STEP, limit - frames.size());
      StreamPosition from = journal.beforeNewest(step, view, at.offset());
      List<RecordedFrame> found = between(from, at, view);
      if (found.isEmpty()) {
        return new ActivityPage(frames, null, null, gap);
      }
      Collections.reverse(found);
      for (RecordedFrame frame : found) {
        frames.add(frame);
        bytes += frame.bytes();
      }
      at = from;
    }
    boolean last = at.offset() <= journal.floor().offset();
    return new ActivityPage(
        frames, last ? null : frames.get(frames.size() - 1).position(), null, gap);
  }

  private List<RecordedFrame> between(StreamPosition from, StreamPosition upTo, View view) {
    List<RecordedFrame> frames = new ArrayList<>();
    StreamPosition at = from;
    while (at.offset() < upTo.offset()) {
      Stretch read = stretch(at, view, STEP);
      read.frames().stream().filter(frame -> frame.offset() <= upTo.offset()).forEach(frames::add);
      at = read.upTo();
    }
    return frames;
  }

  private record Stretch(StreamPosition after, List<RecordedFrame> frames, StreamPosition upTo) {}

  private Stretch stretch(StreamPosition at, View view, int limit) {
    Page page = tail.page(at.offset());
    if (page != null) {
      List<RecordedFrame> frames = page.frames().of(view);
      return new Stretch(at, frames, at.at(page.upTo()));
    }
    WriteBuffer scratch = new WriteBuffer(0);
    JournalPage read = journal.read(at.offset(), view, limit);
    List<RecordedFrame> frames = new ArrayList<>();
    for (JournalEntry entry : read.entries()) {
      frames.add(new RecordedFrame(entry, scratch));
    }
    return new Stretch(read.after(), frames, read.upTo());
  }
}
