package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.search.Search;
import dev.trailcast.stream.trail.HistoryPage;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.wire.RecordedFrame;
import java.util.ArrayList;
import java.util.List;

/** Looks for a page in journal order. */
final class ForwardSearch implements Search<ActivityPage> {
  private final PageReader reader;
  private final View view;
  private final int limit;
  private final List<RecordedFrame> frames = new ArrayList<>();
  private StreamPosition at;
  private Gap gap;
  private int bytes;
  private boolean broken; // behind here something is missing

  ForwardSearch(PageReader reader, Place place, View view, int limit) {
    this.reader = reader;
    this.view = view;
    this.limit = limit;
    this.at = place.position();
    this.gap = place.gap();
  }

  private record Stretch(StreamPosition after, List<RecordedFrame> frames, StreamPosition upTo) {}

  @Override
  public boolean isOver() {
    return broken || isFull() || isAtHead();
  }

  private boolean isFull() {
    return frames.size() >= limit || bytes >= PageReader.MOST_BYTES;
  }

  private boolean isAtHead() {
    return at.offset() >= reader.journal().extent().head().offset();
  }

  @Override
  public long lookOn() {
    long before = at.offset();
    Stretch read = read();
    if (read.after().offset() > before) {
      if (!frames.isEmpty() || gap != null) {
        broken = true; // the next page is to tell of it
        return 1;
      }
      gap = new Gap(Gap.Reason.EXPIRED, at.toString(), read.after());
    }
    for (RecordedFrame frame : read.frames()) {
      frames.add(frame);
      bytes += frame.bytes();
      at = frame.position();
      if (isFull()) {
        return at.offset() - before;
      }
    }
    at = read.upTo();
    return Math.max(1, at.offset() - before);
  }

  private Stretch read() {
    HistoryPage page = reader.tail().page(at.offset());
    if (page != null) {
      return new Stretch(at, page.frames().of(view), at.at(page.upTo()));
    }
    JournalPage read = reader.journal().read(at.offset(), view, limit - frames.size());
    return new Stretch(read.after(), PageReader.encoded(read.entries()), read.upTo());
  }

  @Override
  public ActivityPage.Forward found() {
    return new ActivityPage.Forward(frames, at, isAtHead() && !broken, gap);
  }
}
