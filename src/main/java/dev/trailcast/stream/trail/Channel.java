package dev.trailcast.stream.trail;

import dev.trailcast.activity.View;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.RecordedFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * What all readers with the same view share: which of the tail's frames are theirs. It holds
 * numbers of frames, not frames, and so keeps nothing in memory that has left the tail. It is
 * complete as far back as the tail is, but not from before there was a reader for it.
 */
public final class Channel {
  private static final int FEW = 16;
  private static final int MOST_SEGMENTS = 8;

  // fixed at birth
  private final View view;
  private final long from;
  private final FrameRing ring; // guarded by the tail's lock
  private final KeptSegments kept; // guarded by the tail's lock

  // safe by itself
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

  // guarded by the tail's lock: what was packed lately, oldest first
  private final ArrayDeque<Segment> segments = new ArrayDeque<>();

  // guarded by the tail's lock: a ring of numbers of frames; it grows as far as it is used
  private long[] frames = new long[FEW];
  private long first;
  private long end;

  // guarded by the tail's lock: null where nobody wants them counted
  private LongConsumer counter;

  /**
   * @param from the offset behind which it is complete
   * @param ring the tail's frames
   * @param kept what was packed on any channel
   */
  Channel(View view, long from, FrameRing ring, KeptSegments kept) {
    this.view = view;
    this.from = from;
    this.ring = ring;
    this.kept = kept;
  }

  public View view() {
    return view;
  }

  /** The offset behind which nothing is missing but what has left the tail. */
  long from() {
    return from;
  }

  /** Who is to be woken when there is something new. */
  Set<Follower> followers() {
    return followers;
  }

  /** Adds a reference behind the others, unless it is the newest already. */
  void add(long frame, Frame added) {
    if (first < end && frame(end - 1) == frame) {
      return;
    }
    if (counter != null && added instanceof RecordedFrame recorded) {
      counter.accept(recorded.recorded());
    }
    if (end - first == frames.length) {
      grow();
    }
    frames[slot(end, frames)] = frame;
    end++;
  }

  /** Drops what has left the tail: every frame before {@code oldest}, and what was packed of it. */
  void dropBefore(long oldest) {
    while (first < end && frame(first) < oldest) {
      first++;
    }
    while (!segments.isEmpty() && segments.getFirst().to() <= first) {
      kept.remove(segments.removeFirst());
    }
  }

  /** There is no room to keep it any more. */
  void forget(Segment segment) {
    segments.remove(segment);
  }

  /** Nobody is here any more. */
  void forgetAll() {
    segments.forEach(kept::remove);
    segments.clear();
  }

  /** Something is missing here: whoever has not read on from behind this has missed it. */
  void interrupt() {
    end++;
    first = end;
  }

  /** From now on it tells when each of what it gets was recorded; null: to nobody. */
  void countInto(LongConsumer newCounter) {
    counter = newCounter;
  }

  /** The index of the oldest reference. Indexes only ever go up. */
  long first() {
    return first;
  }

  /** The index behind the newest reference. */
  long end() {
    return end;
  }

  /** The number of the frame that is referred to at this index. */
  long frame(long index) {
    return frames[slot(index, frames)];
  }

  /**
   * The index where a reader goes on that has had everything that is recorded up to this offset:
   * offsets never fall, and what is transient stands behind the entry that it came after.
   */
  long indexBehind(long offset) {
    long low = first;
    long high = end;
    while (low < high) {
      long middle = (low + high) >>> 1;
      Frame frame = ring.get(frame(middle));
      if (frame.offset() < offset || (frame.offset() == offset && frame instanceof RecordedFrame)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Where a cursor on the tail goes on: its reader may know more than the tail did. */
  long indexBehind(Cursor cursor) {
    long next = cursor.index();
    while (next < end
        && ring.get(frame(next)) instanceof RecordedFrame frame
        && frame.offset() <= cursor.offset()) {
      next++;
    }
    return next;
  }

  /** The segment that begins at this index, or null if there is none. */
  Segment segment(Format format, long index) {
    for (Segment segment : segments) {
      if (segment.format() == format && segment.from() == index) {
        return segment;
      }
    }
    return null;
  }

  /**
   * A new segment at this index, kept for others if there are any; null where nothing recorded
   * begins there.
   */
  Segment newSegment(Format format, long index) {
    List<RecordedFrame> recorded = new ArrayList<>();
    long boundary = boundary(format, index);
    long to = index;
    int length = 0;
    while (to < boundary
        && length < Segment.MOST_BYTES
        && ring.get(frame(to)) instanceof RecordedFrame frame) {
      recorded.add(frame);
      length += frame.bytes();
      to++;
    }
    if (recorded.isEmpty()) {
      return null;
    }
    Segment segment = new Segment(format, index, to, recorded, length);
    if (followers.size() > 1) {
      keep(segment);
    }
    return segment;
  }

  /** Where a new segment at this index has to end at the latest, so that others can go on there. */
  private long boundary(Format format, long index) {
    long boundary = end;
    for (Segment segment : segments) {
      if (segment.format() == format && segment.to() > index) {
        boundary = Math.min(boundary, segment.from() > index ? segment.from() : segment.to());
      }
    }
    return boundary;
  }

  private void keep(Segment segment) {
    segments.addLast(segment);
    kept.add(segment, this);
    if (segments.size() > MOST_SEGMENTS) {
      kept.remove(segments.removeFirst());
    }
  }

  private void grow() {
    long[] larger = new long[frames.length * 2];
    for (long index = first; index < end; index++) {
      larger[slot(index, larger)] = frame(index);
    }
    frames = larger;
  }

  private static int slot(long index, long[] ring) {
    return (int) (index % ring.length);
  }
}
