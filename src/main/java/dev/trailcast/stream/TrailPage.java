package dev.trailcast.stream;

import dev.trailcast.journal.Gap;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.pages.ActivityPage;
import dev.trailcast.stream.wire.RecordedFrame;
import java.util.List;
import java.util.Optional;

/**
 * A page of what is kept. It may have fewer activities than were asked for, also none, though more
 * follow: it ends at 1 MiB, and where the time for looking was at an end.
 *
 * @param entries the activities, in the order that was asked for. One in journal order may also
 *     tell of an erasure
 * @param next where to ask for the next page: {@link PageQuery#after} it in journal order, {@link
 *     PageQuery#before} it where this one is newest first; empty where nothing is older
 * @param isLast whether nothing lies behind it now
 * @param gap what was asked for and history can't give
 */
public record TrailPage(
    List<JournalEntry> entries, Optional<StreamPosition> next, boolean isLast, Optional<Gap> gap) {
  public TrailPage {
    entries = List.copyOf(entries);
  }

  static TrailPage of(ActivityPage page) {
    return new TrailPage(
        page.frames().stream().map(RecordedFrame::entry).toList(),
        Optional.ofNullable(page.next()),
        page.isLast(),
        Optional.ofNullable(page.gap()));
  }
}
