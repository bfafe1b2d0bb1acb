package dev.trailcast.stream.trail;

import dev.trailcast.activity.View;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.stream.search.Search;

/** Looks, from the head backwards, for where the newest few of a view begin. */
final class NewestSearch implements Search<Place> {
  private final JournalReader journal;
  private final View view;
  private final Extent extent; // as it was when it began
  private int missing;
  private long at;
  private long before;

  NewestSearch(JournalReader journal, View view, int count) {
    this.journal = journal;
    this.view = view;
    this.missing = count;
    this.extent = journal.extent();
    this.at = extent.head().offset();
    this.before = at;
  }

  @Override
  public boolean isOver() {
    return missing <= 0 || at <= floor();
  }

  @Override
  public long lookOn() {
    JournalPage page = journal.newest(view, at, missing);
    if (!page.entries().isEmpty()) {
      before = page.entries().get(0).offset() - 1;
    }
    missing -= page.entries().size();
    long looked = at - page.after().offset();
    at = page.after().offset();
    return looked;
  }

  /** Before the oldest of those that were found. */
  @Override
  public Place found() {
    return new Place(extent.at(Math.max(before, floor())), null);
  }

  private long floor() {
    return journal.extent().floor().offset();
  }
}
