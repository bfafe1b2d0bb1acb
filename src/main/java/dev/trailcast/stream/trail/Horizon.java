package dev.trailcast.stream.trail;

import dev.trailcast.activity.View;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.wire.RecordedFrame;

/**
 * How far its reader may be told that it has come. Positions count every activity, so that each
 * that is told by itself, and not with an activity, would betray how many there are, and when they
 * are recorded, also to those who may not see them. So a reader is told of the newest activity that
 * it may see, whatever it has asked for; and where none of the last {@value #ROUND} is one, of a
 * round place, from where it is not far to come back.
 *
 * <p>Safe for use by many threads.
 *
 * @param tail what is looked through
 * @param view of the reader
 */
public record Horizon(Tail tail, View view) {
  /** Places that are told as they are, are so far from each other. */
  static final int ROUND = 1_024;

  /** As a rule everybody may see one of these. */
  private static final int FEW = 16;

  /**
   * The last place up to an offset that may be told. Nothing that the reader may see lies between,
   * as far as the tail reaches back.
   */
  public StreamPosition upTo(long offset) {
    for (int most : new int[] {FEW, ROUND}) {
      for (RecordedFrame frame : tail.newest(offset, most)) {
        if (view.maySee(frame.activity())) {
          return frame.position();
        }
      }
    }
    long floor = tail.floor();
    return tail.head().at(offset < floor ? round(offset) : Math.max(round(offset), floor));
  }

  /** The position at an offset that was told already. */
  public StreamPosition at(long offset) {
    return tail.head().at(offset);
  }

  /** Where the newest lies that may be told. */
  public StreamPosition now() {
    return upTo(tail.head().offset());
  }

  /** The round place at or before an offset. */
  static long round(long offset) {
    return offset - offset % ROUND;
  }
}
