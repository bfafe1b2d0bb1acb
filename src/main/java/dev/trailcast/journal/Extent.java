package dev.trailcast.journal;

/**
 * From where to where a journal reaches, at one moment.
 *
 * @param floor behind the newest entry that retention has taken, or is about to: history is
 *     complete from here on
 * @param head behind the newest entry; at the beginning where there never was one
 * @param lineage of the history
 * @param reach the largest offset that somebody may have been told elsewhere; that of the head
 *     where positions are given here alone
 */
public record Extent(StreamPosition floor, StreamPosition head, Lineage lineage, long reach) {
  public Extent {
    if (!floor.epoch().equals(head.epoch()) || floor.offset() > head.offset()) {
      throw new IllegalArgumentException("no journal reaches from " + floor + " to " + head);
    }
    reach = Math.max(reach, head.offset());
  }

  /** Of a journal whose positions are given here alone. */
  public Extent(StreamPosition floor, StreamPosition head) {
    this(floor, head, Lineage.ONE, head.offset());
  }

  /** Where a position lies that somebody brings. */
  public enum Location {
    /** Everything behind it is kept. */
    HERE,
    /** Retention has taken what lay behind it. */
    EXPIRED,
    /** Behind the head: no entry has it yet, as far as is known here. */
    AHEAD,
    /**
     * In another journal; or in this one before it was reset, an older copy was put back, or its
     * newest entries were lost.
     */
    UNKNOWN
  }

  /** Where a position lies. */
  public Location locate(StreamPosition position) {
    if (isVoid(position)) {
      return Location.UNKNOWN;
    }
    if (position.offset() > head.offset() || lineage.isBefore(position.era())) {
      return Location.AHEAD;
    }
    return position.offset() < floor.offset() ? Location.EXPIRED : Location.HERE;
  }

  /** Whether it is of another history than this one, whatever comes behind the head. */
  public boolean isVoid(StreamPosition position) {
    return !position.epoch().equals(head.epoch())
        || position.offset() > lineage.end(position.era()).orElse(Long.MAX_VALUE);
  }

  /** Whether positions may have been given that are not known here yet. */
  public boolean mayBeBehind() {
    return reach > head.offset();
  }

  /** Whether a position that is ahead may have been given, and so will be known here. */
  public boolean mayComeTo(StreamPosition position) {
    return mayBeBehind() && position.offset() <= reach;
  }

  /** Whether it is the same history as an earlier one, and nothing of that is lost but by age. */
  public boolean continues(Extent earlier) {
    return switch (locate(earlier.head())) {
      case HERE, EXPIRED -> true;
      case AHEAD, UNKNOWN -> false;
    };
  }

  /** The position of this journal at an offset. */
  public StreamPosition at(long offset) {
    return new StreamPosition(head.epoch(), lineage.eraAt(offset), offset);
  }

  /** The same with another floor. */
  public Extent withFloor(long offset) {
    return new Extent(at(offset), head, lineage, reach);
  }

  /** For an operator. */
  @Override
  public String toString() {
    return "from " + floor + " to " + head;
  }
}
