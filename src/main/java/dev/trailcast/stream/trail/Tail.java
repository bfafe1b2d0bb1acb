package dev.trailcast.stream.trail;

import dev.trailcast.activity.View;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.TransientEvent;
import dev.trailcast.stream.wire.TransientFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * The newest frames, in journal order, and the channels through them. Everything that lies behind
 * its floor and up to its head is in it. Bounded by a number of entries and of bytes; what is older
 * is read from the journal.
 *
 * <p>Safe for use by many threads: one lock, held to add frames or to copy a few references, never
 * while anything is written or read from elsewhere.
 */
public final class Tail {
  /** What {@link #read} gives back when the tail does not reach back to the cursor. */
  public static final int BEHIND = -1;

  // written with the lock held; read without it, too: who comes in hundreds need not queue for it
  private volatile StreamPosition head;

  // guarded by this
  private final FrameRing ring;
  private final Map<View, Channel> channels = new HashMap<>();
  private final ChannelIndex index = new ChannelIndex();
  private final KeptSegments keptSegments = new KeptSegments();

  /**
   * @param head where it begins to be filled
   */
  public Tail(TailSize size, StreamPosition head) {
    this.ring = new FrameRing(size, head.offset());
    this.head = head;
  }

  /** Where the newest entry is that has been added. */
  public StreamPosition head() {
    return head;
  }

  /** The channel for a view, and the follower on it, to be woken from now on. */
  public synchronized Cursor join(Follower follower, View view, long offset) {
    Channel channel = channels.computeIfAbsent(view, this::newChannel);
    channel.dropBefore(ring.first());
    Cursor cursor = new Cursor(channel, ring.end(), offset);
    if (offset >= start(channel)) { // from here on it gets what is transient, too
      cursor.moveAlongTail(channel.indexBehind(offset), offset);
    }
    channel.followers().add(follower);
    return cursor;
  }

  /** Takes the follower off its channel, and the channel away if it was the last. */
  public synchronized void leave(Follower follower, Channel channel) {
    channel.followers().remove(follower);
    if (channel.followers().isEmpty()) {
      if (channels.remove(channel.view(), channel)) {
        index.remove(channel);
        channel.forgetAll();
      }
    }
  }

  /**
   * Has a counter told when each activity of a view was recorded: of those that are here and of
   * those that come, each once, until {@link #endCount}. One counter for each view.
   *
   * @param follower is on the view's channel meanwhile, and woken like any other
   * @param counter called on the tail's thread with the lock held, and so to be quick; and by the
   *     caller
   */
  public Channel count(Follower follower, View view, LongConsumer counter) {
    Channel channel;
    List<RecordedFrame> before;
    synchronized (this) { // so that none is counted twice, or not at all
      channel = join(follower, view, head.offset()).channel();
      channel.countInto(counter);
      before = recorded();
    }
    for (RecordedFrame frame : before) { // looked through without the lock
      if (view.includes(frame.activity())) {
        counter.accept(frame.recorded());
      }
    }
    return channel;
  }

  /** Ends a {@link #count}. */
  public synchronized void endCount(Follower follower, Channel channel) {
    channel.countInto(null);
    leave(follower, channel);
  }

  /** Adds entries, which move the head, and wakes whoever gets one. */
  public void add(List<RecordedFrame> frames) {
    Set<Channel> concerned = new HashSet<>();
    synchronized (this) {
      for (RecordedFrame frame : frames) {
        ring.push(frame);
        index.candidates(
            frame.activity(),
            channel -> {
              if (channel.view().includes(frame.activity())) {
                refer(channel, concerned);
              }
            });
      }
      if (!frames.isEmpty()) {
        head = frames.get(frames.size() - 1).position();
      }
    }
    wake(concerned);
  }

  /** Moves the head over a place where there are no entries. */
  synchronized void skipTo(StreamPosition newHead) {
    head = newHead;
  }

  /** Begins anew elsewhere: the journal no longer has what would come next. */
  void restartAt(StreamPosition newHead) {
    Set<Channel> concerned;
    synchronized (this) {
      ring.clear(newHead.offset());
      head = newHead;
      channels.values().forEach(Channel::interrupt);
      concerned = Set.copyOf(channels.values());
    }
    wake(concerned);
  }

  /** Adds a transient event at the head, and wakes everybody. */
  public void add(TransientEvent event) {
    Set<Channel> concerned = new HashSet<>();
    synchronized (this) {
      ring.push(new TransientFrame(event, head.offset()));
      channels.values().forEach(channel -> refer(channel, concerned));
    }
    wake(concerned);
  }

  /**
   * Reads on from a cursor, and moves it: behind the last frame that was read, or to the head where
   * there is no more.
   *
   * @param into takes the frames, as many as it has room for
   * @param enough after how many bytes of frames to stop, but not before there is one: nothing read
   *     means that there is nothing
   * @return how many frames there were, or {@link #BEHIND}
   */
  public synchronized int read(Cursor cursor, Frame[] into, int enough) {
    Channel channel = cursor.channel();
    channel.dropBefore(ring.first());
    if (cursor.offset() < start(channel)) {
      boolean missesNothing = cursor.isOnTail() && cursor.index() >= channel.first();
      if (!missesNothing) {
        cursor.moveAlongHistory(cursor.offset());
        return BEHIND;
      }
    }
    long next =
        cursor.isOnTail()
            ? Math.max(cursor.index(), channel.first())
            : channel.indexBehind(cursor.offset());
    int count = 0;
    int length = 0;
    long offset = cursor.offset();
    while (count < into.length && (count == 0 || length < enough) && next < channel.end()) {
      long number = channel.frame(next++);
      Frame frame = ring.get(number);
      if (frame instanceof RecordedFrame ? frame.offset() > offset : cursor.hasLived(number)) {
        length += frame.bytes();
        into[count++] = frame;
      }
      offset = Math.max(offset, frame.offset());
    }
    cursor.moveAlongTail(next, next == channel.end() ? Math.max(offset, head.offset()) : offset);
    return count;
  }

  /**
   * What comes next on a cursor's channel, packed for everybody, and moves the cursor behind it.
   *
   * @param make whether to begin a new segment where nobody has yet
   * @return null where there is none: then {@link #read} gives what there is
   */
  public synchronized Segment segment(Cursor cursor, Format format, boolean make) {
    Channel channel = cursor.channel();
    channel.dropBefore(ring.first());
    if (!cursor.isOnTail() || cursor.index() < channel.first()) {
      return null;
    }
    long next = channel.indexBehind(cursor);
    Segment segment = channel.segment(format, next);
    if (segment == null && make) {
      segment = channel.newSegment(format, next);
    }
    if (segment != null) {
      boolean last = segment.to() == channel.end();
      cursor.moveAlongTail(segment.to(), last ? head.offset() : segment.lastOffset());
    }
    return segment;
  }

  /** Whether no entry is left for this cursor. */
  public synchronized boolean isAtHead(Cursor cursor) {
    return cursor.offset() >= head.offset()
        || (cursor.isOnTail() && cursor.index() >= cursor.channel().end());
  }

  /**
   * A stretch of the tail that begins behind an offset.
   *
   * @return null where the tail does not reach back so far, or not even up to it
   */
  public synchronized HistoryPage page(long offset) {
    if (offset < ring.floor() || offset >= head.offset()) {
      return null;
    }
    List<RecordedFrame> frames = new ArrayList<>();
    long number = ring.numberBehind(offset);
    long length = 0;
    long upTo = offset;
    while (number < ring.end()
        && frames.size() < HistoryPage.MOST_FRAMES
        && length < HistoryPage.MOST_BYTES) {
      if (ring.get(number++) instanceof RecordedFrame frame) {
        frames.add(frame);
        length += frame.bytes();
        upTo = frame.offset();
      }
    }
    return new HistoryPage(offset, offset, frames, number == ring.end() ? head.offset() : upTo);
  }

  /** How many packed stretches are kept, on all channels. */
  synchronized int keptSegments() {
    return keptSegments.size();
  }

  /** Every entry that is there, the oldest first. */
  public synchronized List<RecordedFrame> recorded() {
    List<RecordedFrame> frames = new ArrayList<>((int) (ring.end() - ring.first()));
    for (long number = ring.first(); number < ring.end(); number++) {
      if (ring.get(number) instanceof RecordedFrame frame) {
        frames.add(frame);
      }
    }
    return frames;
  }

  /** Adds the newest frame to a channel. */
  private void refer(Channel channel, Set<Channel> concerned) {
    channel.dropBefore(ring.first());
    long newest = ring.end() - 1;
    channel.add(newest, ring.get(newest));
    concerned.add(channel);
  }

  private Channel newChannel(View view) {
    Channel channel = new Channel(view, head.offset(), ring, keptSegments);
    index.add(channel);
    return channel;
  }

  /** The offset from which on a channel has everything. */
  private long start(Channel channel) {
    return Math.max(ring.floor(), channel.from());
  }

  private void wake(Set<Channel> concerned) {
    for (Channel channel : concerned) {
      channel.followers().forEach(Follower::wake);
    }
  }
}
