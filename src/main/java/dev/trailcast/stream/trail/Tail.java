package dev.trailcast.stream.trail;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.View;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.wire.ErasedFrame;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
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

  /** No frame has this number. */
  private static final long NONE = Long.MAX_VALUE;

  // written with the lock held; read without it, too: who comes in hundreds need not queue for it
  private volatile StreamPosition head;
  private volatile int histories; // that were before the one it is in
  private volatile Optional<Extent> begunIn =
      Optional.empty(); // of a history that is not the first

  // safe by itself
  private final List<Runnable> erasedListeners = new CopyOnWriteArrayList<>();

  // safe by itself
  private final List<Consumer<RecordedFrame>> canaryListeners = new CopyOnWriteArrayList<>();

  // guarded by this
  private final FrameRing ring;
  private final Channels channels;
  private long newestPrivate = -1; // the number of the newest frame that has an audience
  private long begun; // the number from which on nothing is missing

  /**
   * @param head where it begins to be filled
   */
  public Tail(TailSize size, StreamPosition head) {
    this.ring = new FrameRing(size, head.offset());
    this.channels = new Channels(ring);
    this.head = head;
  }

  /** Where the newest entry is that has been added. */
  public StreamPosition head() {
    return head;
  }

  /** A place on the channels of a view. Its follower is woken where it {@link #await waits}. */
  public synchronized Cursor join(Follower follower, View view, long offset) {
    Cursor cursor = channels.join(follower, view, head.offset(), offset);
    reaches(cursor); // from here on it gets what is transient, too
    return cursor;
  }

  /**
   * Has a cursor's follower woken, once, when something comes. So does {@link #read} where it finds
   * nothing more. Whoever reads on, or waits for history, is left alone: at full load that is
   * nearly everybody, and to look at each for each commit took 9 % of the server's CPU (1,000
   * readers, async-profiler).
   *
   * @return whether nothing has come already
   */
  public synchronized boolean await(Cursor cursor) {
    cursor.channel().await(cursor);
    return isAtHead(cursor);
  }

  /** Takes a cursor off its channels, and the channels away that it was the last on. */
  public synchronized void leave(Cursor cursor) {
    channels.leave(cursor);
  }

  /**
   * Has a counter told when each activity of a view was recorded: of those that are here and of
   * those that come, each once, until {@link #endCount}.
   *
   * @param follower is on the view's channels meanwhile, and need not be woken
   * @param counter called on the tail's thread with the lock held, and so to be quick; and by the
   *     caller
   */
  public Counting count(Follower follower, View view, LongConsumer counter) {
    return count(follower, view, counter, false);
  }

  /** The same of those alone that have an audience. */
  public Counting countAddressed(Follower follower, View view, LongConsumer counter) {
    return count(follower, view, counter, true);
  }

  private Counting count(
      Follower follower, View view, LongConsumer counter, boolean addressedOnly) {
    Counting counting;
    List<RecordedFrame> before;
    synchronized (this) { // so that none is counted twice, or not at all
      counting = new Counting(join(follower, view, head.offset()), counter, addressedOnly);
      counting.begin();
      before = recorded();
    }
    for (RecordedFrame frame : before) { // looked through without the lock
      Activity activity = frame.activity();
      if ((activity.audience() != null || !addressedOnly) && view.includes(activity)) {
        counter.accept(frame.recorded());
      }
    }
    return counting;
  }

  /** Ends a {@link #count}. */
  public synchronized void endCount(Counting counting) {
    counting.end();
    leave(counting.cursor());
  }

  /** The listener is called whenever something has been erased, on the tail's thread. */
  void onErased(Runnable listener) {
    erasedListeners.add(listener);
  }

  /**
   * Adds entries, which move the head, and wakes whoever waits and gets one. What one of them tells
   * to be erased is erased here first.
   */
  public void add(List<RecordedFrame> frames) {
    for (RecordedFrame frame : frames) {
      Erasure.in(frame.activity()).ifPresent(this::erase);
    }
    Set<PublicChannel> concerned = new HashSet<>();
    Map<Channel, List<Activity>> addressed = new HashMap<>();
    List<Cursor> woken = new ArrayList<>();
    synchronized (this) {
      for (RecordedFrame frame : frames) {
        ring.push(frame);
        Activity activity = frame.activity();
        if (activity.audience() == null) {
          channels.findPublic(activity, channel -> refer(channel, concerned));
        } else {
          newestPrivate = ring.end() - 1;
          channels.findPrivate(
              activity.audience(),
              channel -> {
                refer(channel);
                addressed.computeIfAbsent(channel, any -> new ArrayList<>()).add(activity);
              });
        }
      }
      if (!frames.isEmpty()) {
        head = frames.get(frames.size() - 1).position();
      }
      concerned.forEach(channel -> channel.endWaiting(woken));
    }
    wake(woken);
    addressed.forEach(Channel::wakeFor);
  }

  /** The listener is given each canary that comes, on the tail's thread. */
  public void onCanary(Consumer<RecordedFrame> listener) {
    canaryListeners.add(listener);
  }

  /** No longer. */
  public void endCanaries(Consumer<RecordedFrame> listener) {
    canaryListeners.remove(listener);
  }

  /** A canary comes through the lock like any entry, but stays nowhere, and no reader is woken. */
  void pass(RecordedFrame canary) {
    List<Consumer<RecordedFrame>> waiting;
    synchronized (this) {
      waiting = List.copyOf(canaryListeners);
    }
    waiting.forEach(listener -> listener.accept(canary));
  }

  /** A reader that has got an entry before, and is not told of the erasure yet, will be. */
  private void erase(Erasure erasure) {
    Set<RecordedFrame> concerned = new HashSet<>();
    for (RecordedFrame frame : recorded()) { // without the lock: a digest each; nobody else adds
      if (frame.isErasedBy(erasure)) {
        concerned.add(frame);
      }
    }
    synchronized (this) {
      ring.erase(concerned);
      channels.forgetSegments();
    }
    erasedListeners.forEach(Runnable::run);
  }

  /** Moves the head over a place where there are no entries. */
  synchronized void skipTo(StreamPosition newHead) {
    head = newHead;
  }

  /** Begins anew elsewhere: the journal no longer has what would come next. */
  void restartAt(StreamPosition newHead) {
    List<Channel> concerned;
    synchronized (this) {
      ring.clear(newHead.offset());
      begun = ring.first();
      head = newHead;
      concerned = List.copyOf(channels.ofPublic());
    }
    concerned.forEach(channel -> channel.cursors().forEach(Cursor::wake)); // also who reads on
  }

  /**
   * Begins anew in another history of the journal. Whoever follows it is woken, to find another
   * {@link #history}.
   */
  void beginAnew(Extent extent, StreamPosition newHead) {
    synchronized (this) {
      begunIn = Optional.of(extent);
      histories++;
    }
    restartAt(newHead);
  }

  /** In which of the journal's histories, counted from its start, it is. */
  public int history() {
    return histories;
  }

  /** Whether it has a place in its history for who is to follow it from here on. */
  public boolean knows(StreamPosition place) {
    return begunIn.map(extent -> !extent.isVoid(place)).orElse(true);
  }

  /** Adds a transient event at the head, and wakes everybody who waits. */
  public void add(TransientEvent event) {
    List<Cursor> woken = new ArrayList<>();
    synchronized (this) {
      ring.push(new TransientFrame(event, head.offset()));
      for (PublicChannel channel : channels.ofPublic()) {
        refer(channel);
        channel.endWaiting(woken);
      }
    }
    wake(woken);
  }

  /**
   * Reads on from a cursor, and moves it: behind the last frame that was read, or to the head where
   * there is no more, and it waits.
   *
   * @param into takes the frames, as many as it has room for
   * @param enough after how many bytes of frames to stop, but not before there is one: nothing read
   *     means that there is nothing
   * @return how many frames there were, or {@link #BEHIND}
   */
  public synchronized int read(Cursor cursor, Frame[] into, int enough) {
    if (!reaches(cursor)) {
      cursor.moveAlongHistory(cursor.offset());
      return BEHIND;
    }
    PublicChannel channel = cursor.channel();
    long index = channel.indexOf(cursor.number());
    long privately = nextPrivate(cursor, cursor.number());
    long number = cursor.number();
    long offset = cursor.offset();
    int count = 0;
    int length = 0;
    while (count < into.length && (count == 0 || length < enough)) {
      long publicly = index < channel.end() ? channel.frame(index) : NONE;
      long next = Math.min(publicly, privately);
      if (next == NONE) {
        cursor.moveAlongTail(ring.end(), Math.max(offset, head.offset()));
        if (count == 0) {
          channel.await(cursor);
        }
        return count;
      }
      Frame frame = ring.get(next);
      if (isFor(cursor, frame, next, offset)) {
        length += frame.bytes();
        into[count++] = frame;
      }
      offset = Math.max(offset, frame.offset());
      number = next + 1;
      if (next == publicly) {
        index++;
      } else {
        privately = nextPrivate(cursor, number);
      }
    }
    cursor.moveAlongTail(number, offset);
    return count;
  }

  private static boolean isFor(Cursor cursor, Frame frame, long number, long offset) {
    if (frame instanceof RecordedFrame) {
      return frame.offset() > offset;
    }
    return !(frame instanceof ErasedFrame) && cursor.hasLived(number);
  }

  /**
   * What comes next for a cursor, packed for everybody who is at the same place, and moves the
   * cursor behind it.
   *
   * @param make whether to begin a new segment where nobody has yet
   * @return null where there is none, or where something of its reader's alone comes before its
   *     end: then {@link #read} gives what there is
   */
  public synchronized Segment segment(Cursor cursor, Format format, boolean make) {
    if (!cursor.isOnTail() || !missesNothing(cursor)) {
      return null;
    }
    PublicChannel channel = cursor.channel();
    long privately = nextPrivate(cursor, cursor.number());
    long next = channel.indexBehind(cursor);
    Segment segment = channel.segment(format, next);
    if (segment == null && make && privately == NONE) {
      segment = channel.newSegment(format, next);
    }
    if (segment == null || channel.frame(segment.to() - 1) > privately) {
      return null;
    }
    if (segment.to() == channel.end() && privately == NONE) {
      cursor.moveAlongTail(ring.end(), head.offset());
    } else {
      cursor.moveAlongTail(channel.frame(segment.to() - 1) + 1, segment.lastOffset());
    }
    return segment;
  }

  /** Whether no entry is left for this cursor. */
  public synchronized boolean isAtHead(Cursor cursor) {
    return cursor.offset() >= head.offset()
        || (cursor.isOnTail()
            && missesNothing(cursor)
            && cursor.channel().indexOf(cursor.number()) == cursor.channel().end()
            && nextPrivate(cursor, cursor.number()) == NONE);
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
    return channels.keptSegments();
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

  /** Of the entries that are there up to an offset, so many at most, the newest first. */
  synchronized List<RecordedFrame> newest(long offset, int most) {
    List<RecordedFrame> frames = new ArrayList<>();
    for (long number = ring.numberBehind(offset) - 1;
        number >= ring.first() && frames.size() < most;
        number--) {
      if (ring.get(number) instanceof RecordedFrame frame) {
        frames.add(frame);
      }
    }
    return frames;
  }

  /** The offset behind which it has everything. */
  synchronized long floor() {
    return ring.floor();
  }

  /** Where one can't be woken, as where memory has run out, all of them wait again. */
  private void wake(List<Cursor> woken) {
    try {
      woken.forEach(Cursor::wake);
    } catch (RuntimeException | Error e) {
      woken.forEach(this::await);
      throw e;
    }
  }

  /** Adds the newest frame to a channel. */
  private void refer(Channel channel) {
    channel.dropBefore(ring.first());
    long newest = ring.end() - 1;
    channel.add(newest, ring.get(newest));
  }

  private void refer(PublicChannel channel, Set<PublicChannel> concerned) {
    refer(channel);
    concerned.add(channel);
  }

  /** Whether everything is here that comes next for a cursor. Then it is on the tail. */
  private boolean reaches(Cursor cursor) {
    if (cursor.isOnTail() && missesNothing(cursor)) {
      return true;
    }
    if (cursor.offset() < ring.floor() || cursor.offset() < cursor.from()) {
      return false;
    }
    cursor.moveAlongTail(ring.nextFor(cursor.offset()), cursor.offset());
    return true;
  }

  /** Whether nothing of its own has left the tail that a cursor on it has not had. */
  private boolean missesNothing(Cursor cursor) {
    long number = cursor.number();
    if (number < begun || !missesNothing(cursor.channel(), number)) {
      return false;
    }
    if (number <= newestPrivate) { // else what is private costs nothing, not even a look
      for (Channel each : cursor.privateChannels()) {
        if (!missesNothing(each, number)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean missesNothing(Channel channel, long number) {
    channel.dropBefore(ring.first());
    return channel.reachesBackTo(number);
  }

  /** The number of the next frame for a cursor that has an audience; {@link #NONE} if none has. */
  private long nextPrivate(Cursor cursor, long from) {
    long next = NONE;
    if (from <= newestPrivate) {
      for (Channel each : cursor.privateChannels()) {
        for (long index = each.indexOf(from);
            index < each.end() && each.frame(index) < next;
            index++) {
          if (ring.get(each.frame(index)) instanceof RecordedFrame frame
              && cursor.view().includes(frame.activity())) {
            next = each.frame(index);
          }
        }
      }
    }
    return next;
  }
}
