package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.search.Search;
import dev.trailcast.stream.trail.HistoryPage;
import dev.trailcast.stream.trail.Horizon;
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
  private StreamPosition told; // the last place that the reader knows of
  private StreamPosition at;
  private Gap gap;
  private int bytes;
  private boolean broken; // behind here something is missing
  private boolean more; // of the view lies behind it, which tells of nothing else

  ForwardSearch(PageReader reader, Place place, View view, int limit) {
    this.reader = reader;
    this.view = view;
    this.limit = limit;
    this.told = place.position();
    this.at = told;
    this.gap = place.gap();
  }

  private record Stretch(StreamPosition after, List<RecordedFrame> frames, StreamPosition upTo) {}

  @Override
  public boolean isOver() {
    return broken || more || isAtHead();
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
      gap = new Gap(Gap.Reason.EXPIRED, told.toString(), read.after());
      told = read.after();
    }
    for (RecordedFrame frame : read.frames()) {
      if (isFull()) {
        more = true;
        at = told;
        return Math.max(1, frame.offset() - before);
      }
      frames.add(frame);
      bytes += frame.bytes();
      told = frame.position();
    }
    at = read.upTo();
    return Math.max(1, at.offset() - before);
  }

  private Stretch read() {
    HistoryPage page = reader.tail().page(at.offset());
    if (page != null) {
      return new Stretch(at, page.frames().of(view), reader.tail().head().at(page.upTo()));
    }
    JournalPage read = reader.journal().read(at.offset(), view, limit - frames.size() + 1);
    return new Stretch(read.after(), PageReader.encoded(read.entries()), read.upTo());
  }

  /** What is up to date goes on behind its last activity: so it stays the same page. */
  @Override
  public ActivityPage.Forward found() {
    boolean upToDate = isAtHead() && !broken && !more;
    boolean goesOnBehindLast = upToDate && !frames.isEmpty();
    return new ActivityPage.Forward(frames, at, goesOnBehindLast ? told : next(), upToDate, gap);
  }

  /** As far as was looked, if the reader may be told so. */
  private StreamPosition next() {
    long horizon = new Horizon(reader.tail(), view).now().offset();
    return at.at(Math.max(told.offset(), Math.min(at.offset(), horizon)));
  }
}
