package dev.trailcast.stream.trail;

import dev.trailcast.stream.wire.RecordedFrame;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Tells a counter when each activity of a view was recorded, once, though several channels may have
 * it. Guarded by the tail's lock.
 */
public final class Counting {
  private static final long NONE = -1;

  private final Cursor cursor;
  private final LongConsumer counter;
  private final boolean addressedOnly;
  private long newest = NONE;

  /**
   * @param cursor is on the view's channels meanwhile
   * @param addressedOnly whether what is public is not counted
   */
  Counting(Cursor cursor, LongConsumer counter, boolean addressedOnly) {
    this.cursor = cursor;
    this.counter = counter;
    this.addressedOnly = addressedOnly;
  }

  Cursor cursor() {
    return cursor;
  }

  void begin() {
    eachChannel(channel -> channel.begin(this));
  }

  void end() {
    eachChannel(channel -> channel.end(this));
  }

  private void eachChannel(Consumer<Channel> action) {
    if (addressedOnly) {
      Stream.of(cursor.privateChannels()).forEach(action);
    } else {
      cursor.eachChannel(action);
    }
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
