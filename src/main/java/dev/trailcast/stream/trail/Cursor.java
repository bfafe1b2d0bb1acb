package dev.trailcast.stream.trail;

/**
 * How far along its channel a subscriber is: everything up to and including {@link #offset()} it
 * has been given, or did not ask for. Read and moved only by the thread that serves the subscriber.
 */
public final class Cursor {
  /** It has not been on the tail yet, or has fallen behind it. */
  private static final long NOWHERE = -1;

  private final Channel channel;
  private final long born;
  private long offset;
  private long index = NOWHERE;

  /**
   * @param born the number of the first frame that came after it
   */
  Cursor(Channel channel, long born, long offset) {
    this.channel = channel;
    this.born = born;
    this.offset = offset;
  }

  public Channel channel() {
    return channel;
  }

  public long offset() {
    return offset;
  }

  /** Whether the frame of this number came while the reader was connected. */
  boolean hasLived(long frame) {
    return frame >= born;
  }

  /** Where on its channel it reads next. */
  long index() {
    return index;
  }

  boolean isOnTail() {
    return index != NOWHERE;
  }

  void moveAlongTail(long newIndex, long newOffset) {
    index = newIndex;
    offset = newOffset;
  }

  /** Goes on elsewhere: along history, or over a gap in it. */
  public void moveAlongHistory(long newOffset) {
    index = NOWHERE;
    offset = newOffset;
  }
}
