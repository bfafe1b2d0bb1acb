package dev.trailcast.journal;

/**
 * From where to where a journal reaches, at one moment.
 *
 * @param floor behind the newest entry that retention has taken, or is about to: history is
 *     complete from here on
 * @param head behind the newest entry; at the beginning where there never was one
 */
public record Extent(StreamPosition floor, StreamPosition head) {
  public Extent {
    if (!floor.epoch().equals(head.epoch()) || floor.offset() > head.offset()) {
      throw new IllegalArgumentException("no journal reaches from " + floor + " to " + head);
    }
  }

  /** Where a position lies that somebody brings. */
  public enum Location {
    /** Everything behind it is kept. */
    HERE,
    /** Retention has taken what lay behind it. */
    EXPIRED,
    /** Behind the head: no entry has it yet, as far as is known here. */
    AHEAD,
    /** In another journal, or in this one before it was reset or an older copy was put back. */
    UNKNOWN
  }

  /** Where a position lies. */
  public Location locate(StreamPosition position) {
    if (!position.epoch().equals(head.epoch())) {
      return Location.UNKNOWN;
    }
    if (position.offset() > head.offset()) {
      return Location.AHEAD;
    }
    return position.offset() < floor.offset() ? Location.EXPIRED : Location.HERE;
  }

  /** The position of this journal at an offset. */
  public StreamPosition at(long offset) {
    return head.at(offset);
  }

  /** The same with another floor. */
  public Extent withFloor(long offset) {
    return new Extent(at(offset), head);
  }
}
