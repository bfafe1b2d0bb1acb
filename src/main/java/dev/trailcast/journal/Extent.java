package dev.trailcast.journal;

/**
 * From where to where the journal reaches. The writer replaces it as a whole.
 *
 * @param epoch names the journal
 * @param floor the offset of the newest entry that retention has taken, or is about to
 * @param head the offset of the newest entry
 */
public record Extent(String epoch, long floor, long head) {
  public Extent withFloor(long newFloor) {
    return new Extent(epoch, newFloor, head);
  }

  public Extent withHead(long newHead) {
    return new Extent(epoch, floor, newHead);
  }

  public StreamPosition at(long offset) {
    return new StreamPosition(epoch, offset);
  }
}
