package dev.trailcast.stream.trail;

import dev.trailcast.activity.View;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * How far along its channels a subscriber is: everything up to and including {@link #offset()} it
 * has been given, or did not ask for. What is public to it comes from one channel, what has an
 * audience from one for its name and for each of its roles; together they are read in the tail's
 * order. Read and moved only by the thread that serves the subscriber.
 */
public final class Cursor {
  private static final VarHandle OFFSET = offsetHandle();

  /** It has not been on the tail yet, or has fallen behind it. */
  private static final long NOWHERE = -1;

  /** It does not wait. */
  private static final int NO_PLACE = -1;

  // fixed at birth
  private final Follower follower;
  private final View view;
  private final PublicChannel channel;
  private final Channel[] privateChannels;
  private final long from;
  private final long born;

  // guarded by the tail's lock: where among those of its channel that wait, if it does
  private int waitsAt = NO_PLACE;

  // only the thread that serves the subscriber; others may look at the offset
  private long offset;
  private long number = NOWHERE;

  /**
   * @param born the number of the first frame that came after it
   */
  Cursor(
      Follower follower,
      View view,
      PublicChannel channel,
      Channel[] privateChannels,
      long born,
      long offset) {
    this.follower = follower;
    this.view = view;
    this.channel = channel;
    this.privateChannels = privateChannels;
    this.from = from(channel, privateChannels);
    this.born = born;
    this.offset = offset;
  }

  private static VarHandle offsetHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Cursor.class, "offset", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static long from(Channel channel, Channel[] others) {
    long from = channel.from();
    for (Channel other : others) {
      from = Math.max(from, other.from());
    }
    return from;
  }

  public View view() {
    return view;
  }

  /** Whether its follower is to be woken when something comes. */
  boolean waits() {
    return waitsAt != NO_PLACE;
  }

  /** Where it stands among those who wait. */
  int waitsAt() {
    return waitsAt;
  }

  void waitAt(int place) {
    waitsAt = place;
  }

  void endWaiting() {
    waitsAt = NO_PLACE;
  }

  /** There is something new for its reader, or may be. */
  void wake() {
    follower.wake();
  }

  PublicChannel channel() {
    return channel;
  }

  /** What on these is not of its view is none of its. */
  Channel[] privateChannels() {
    return privateChannels;
  }

  /** The offset behind which nothing is missing on its channels but what has left the tail. */
  long from() {
    return from;
  }

  /** Has something done with all its channels. */
  void eachChannel(Consumer<Channel> action) {
    action.accept(channel);
    for (Channel each : privateChannels) {
      action.accept(each);
    }
  }

  public long offset() {
    return offset;
  }

  /** The offset as another thread sees it: whole, and perhaps a moment old. */
  public long seenOffset() {
    return (long) OFFSET.getOpaque(this);
  }

  private void setOffset(long newOffset) {
    OFFSET.setOpaque(this, newOffset); // a volatile one would cost each delivery
  }

  /** Whether the frame of this number came while the reader was connected. */
  boolean hasLived(long frame) {
    return frame >= born;
  }

  /** The number of the frame on the tail, there already or not, from which on it reads next. */
  long number() {
    return number;
  }

  boolean isOnTail() {
    return number != NOWHERE;
  }

  void moveAlongTail(long newNumber, long newOffset) {
    number = newNumber;
    setOffset(newOffset);
  }

  /** Goes on elsewhere: along history, or over a gap in it. */
  public void moveAlongHistory(long newOffset) {
    number = NOWHERE;
    setOffset(newOffset);
  }
}
