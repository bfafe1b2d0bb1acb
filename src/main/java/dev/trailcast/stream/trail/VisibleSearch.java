package dev.trailcast.stream.trail;

import dev.trailcast.activity.View;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.stream.search.Search;

/**
 * Looks, from a place backwards, for the last one that its reader may be told of: there it begins
 * instead, for nothing that it may see lies between. Over at once where the tail has it, as a rule
 * in one step else.
 */
final class VisibleSearch implements Search<Place> {
  private final JournalReader journal;
  private final View visible;
  private final Place place;
  private final long round;
  private long at;
  private boolean over;

  VisibleSearch(JournalReader journal, Tail tail, View view, Place place) {
    this.journal = journal;
    this.visible = view.unfiltered();
    this.place = place;
    this.at = place.position().offset();
    this.round = Horizon.round(at);
    if (at >= tail.floor() && at <= tail.head().offset()) {
      at = new Horizon(tail, view).upTo(at).offset();
      over = true;
    }
  }

  @Override
  public boolean isOver() {
    return over || at <= Math.max(round, floor());
  }

  @Override
  public long lookOn() {
    JournalPage page = journal.newest(visible, at, 1);
    long looked = at - page.after().offset();
    over = !page.entries().isEmpty();
    at = over ? page.entries().get(0).offset() : Math.max(round, page.after().offset());
    return looked;
  }

  @Override
  public Place found() {
    return place.at(Math.max(at, floor()));
  }

  private long floor() {
    return journal.extent().floor().offset();
  }
}
