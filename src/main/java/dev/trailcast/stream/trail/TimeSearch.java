package dev.trailcast.stream.trail;

import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.search.Search;
import java.time.Instant;

/** Looks for where to begin with what was recorded since a time: one step, of a few reads. */
final class TimeSearch implements Search<Place> {
  private final JournalReader journal;
  private final Instant since;
  private StreamPosition place;
  private boolean over;

  /**
   * @param now where to begin if it is not looked for
   */
  TimeSearch(JournalReader journal, StreamPosition now, Instant since) {
    this.journal = journal;
    this.since = since;
    this.place = now;
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public long lookOn() {
    place = journal.before(since);
    over = true;
    return 1;
  }

  @Override
  public Place found() {
    return new Place(place, null);
  }
}
