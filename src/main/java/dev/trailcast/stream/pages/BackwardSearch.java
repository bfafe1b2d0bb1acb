package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.search.Search;
import dev.trailcast.stream.wire.RecordedFrame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Looks for a page that is newest first. */
final class BackwardSearch implements Search<ActivityPage> {
  private final JournalReader journal;
  private final View view;
  private final int limit;
  private final Gap gap;
  private final List<RecordedFrame> frames = new ArrayList<>();
  private StreamPosition at;
  private int bytes;

  /**
   * @param end behind the newest that it may have
   * @param gap to be told with it, or null
   */
  BackwardSearch(JournalReader journal, StreamPosition end, View view, int limit, Gap gap) {
    this.journal = journal;
    this.at = end;
    this.view = view;
    this.limit = limit;
    this.gap = gap;
  }

  @Override
  public boolean isOver() {
    return frames.size() >= limit || bytes >= PageReader.MOST_BYTES || !mayBeMore();
  }

  private boolean mayBeMore() {
    return at.offset() > journal.extent().floor().offset();
  }

  @Override
  public long lookOn() {
    JournalPage read = journal.newest(view, at.offset(), limit - frames.size());
    List<RecordedFrame> older = PageReader.encoded(read.entries());
    Collections.reverse(older);
    for (RecordedFrame frame : older) {
      frames.add(frame);
      bytes += frame.bytes();
    }
    long looked = at.offset() - read.after().offset();
    at = read.after();
    return looked;
  }

  /** What is older lies before the position behind where it has looked. */
  @Override
  public ActivityPage.Backward found() {
    StreamPosition next = mayBeMore() ? journal.extent().at(at.offset() + 1) : null;
    return new ActivityPage.Backward(frames, next, gap);
  }
}
