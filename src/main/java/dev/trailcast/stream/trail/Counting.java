package dev.trailcast.stream.trail;

import dev.trailcast.stream.wire.RecordedFrame;
import java.util.function.LongConsumer;

/**
 * Tells a counter when each activity of a view was recorded, once, though several channels may have
 * it. Guarded by the tail's lock.
 */
public final class Counting {
  private static final long NONE = -1;

  private final Cursor cursor;
  private final LongConsumer counter;
  private long newest = NONE;

  /**
   * @param cursor is on the view's channels meanwhile
   */
  Counting(Cursor cursor, LongConsumer counter) {
    this.cursor = cursor;
    this.counter = counter;
  }

  Cursor cursor() {
    return cursor;
  }

  void begin() {
    cursor.eachChannel(channel -> channel.begin(this));
  }

  void end() {
    cursor.eachChannel(channel -> channel.end(this));
  }

  /**
   * One of its channels has a frame more.
   *
   * @param number the frame's; never lower than before
   */
  void add(long number, RecordedFrame frame) {
    if (number > newest && cursor.view().includes(frame.activity())) {
      newest = number;
      counter.accept(frame.recorded());
    }
  }
}
