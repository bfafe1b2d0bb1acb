package dev.trailcast.stream.trail;

import dev.trailcast.activity.View;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.NewestOfEach;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.search.Search;
import java.util.NavigableSet;

/** Looks, backwards, for the newest of each actor or subject. */
final class NewestOfEachSearch implements Search<Place> {
  private final JournalReader journal;
  private final View view;
  private final StreamPosition now;
  private final NewestOfEach newest;
  private long at;

  /**
   * @param now from where on its reader gets everything
   */
  NewestOfEachSearch(JournalReader journal, View view, StreamPosition now, NewestOfEach newest) {
    this.journal = journal;
    this.view = view;
    this.now = now;
    this.newest = newest;
    this.at = now.offset();
  }

  @Override
  public boolean isOver() {
    return newest.isFull() || at <= journal.extent().floor().offset();
  }

  @Override
  public long lookOn() {
    long beginning = journal.collect(newest, view, at).offset();
    long looked = at - beginning;
    at = beginning;
    return looked;
  }

  @Override
  public Place found() {
    NavigableSet<Long> offsets = newest.offsets();
    long before = offsets.isEmpty() ? now.offset() : offsets.first() - 1;
    return new Place(now.at(before), null, new Selection(offsets, now.offset()));
  }
}
