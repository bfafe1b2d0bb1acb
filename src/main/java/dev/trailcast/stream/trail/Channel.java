package dev.trailcast.stream.trail;

import dev.trailcast.activity.Activity;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.RecordedFrame;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of the tail's frames are for some readers together: for a user, for whoever is in a role,
 * or, if they have no audience, {@link PublicChannel for whoever asks alike}. It holds numbers of
 * frames, not frames, and so keeps nothing in memory that has left the tail. It is complete as far
 * back as the tail is, but not from before there was a reader for it.
 */
class Channel {
  private static final int FEW = 4; // a power of two
  private static final long[] NONE = {};

  // fixed at birth
  private final long from;

  // safe by itself
  private final Set<Cursor> cursors = ConcurrentHashMap.newKeySet(1);

  // guarded by the tail's lock: a ring of numbers of frames; it grows as far as it is used, which
  // for most users is not at all
  private long[] frames = NONE;
  private long first;
  private long end;
  private long lost; // the number behind the newest that has left the tail

  // guarded by the tail's lock: who counts what comes here
  private Set<Counting> countings = Set.of();

  /**
   * @param from the offset behind which it is complete
   */
  Channel(long from) {
    this.from = from;
  }

  /** The offset behind which nothing is missing but what has left the tail. */
  long from() {
    return from;
  }

  /** Who reads from it. */
  Set<Cursor> cursors() {
    return cursors;
  }

  /** It reads from here no more. */
  void leave(Cursor cursor) {
    cursors.remove(cursor);
  }

  /** From now on what comes here is counted, too. */
  void begin(Counting counting) {
    Set<Counting> more = new HashSet<>(countings);
    more.add(counting);
    countings = more;
  }

  /** No longer. */
  void end(Counting counting) {
    countings.remove(counting);
  }

  /** Wakes those among whose activities one of these is. */
  void wakeFor(List<Activity> activities) {
    for (Cursor cursor : cursors) {
      if (activities.stream().anyMatch(cursor.view()::includes)) {
        cursor.wake();
      }
    }
  }

  /** Adds a reference behind the others, unless it is the newest already. */
  void add(long frame, Frame added) {
    if (first < end && frame(end - 1) == frame) {
      return;
    }
    if (added instanceof RecordedFrame recorded) {
      countings.forEach(counting -> counting.add(frame, recorded));
    }
    if (end - first == frames.length) {
      grow();
    }
    frames[slot(end, frames)] = frame;
    end++;
  }

  /** Drops what has left the tail: every frame before {@code oldest}. */
  void dropBefore(long oldest) {
    while (first < end && frame(first) < oldest) {
      lost = frame(first) + 1;
      first++;
    }
  }

  /** Whether everything is there that comes from a frame on: none of it has left the tail. */
  boolean reachesBackTo(long frame) {
    return frame >= lost;
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
   * The index of the first reference to this frame or a newer one. It is looked for from the end,
   * for there most readers are.
   */
  long indexOf(long frame) {
    long high = end;
    long step = 1;
    while (high - step >= first && frame(high - step) >= frame) {
      high -= step;
      step *= 2;
    }
    long low = Math.max(first, high - step);
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (frame(middle) < frame) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void grow() {
    long[] larger = new long[Math.max(FEW, frames.length * 2)];
    for (long index = first; index < end; index++) {
      larger[slot(index, larger)] = frame(index);
    }
    frames = larger;
  }

  private static int slot(long index, long[] ring) {
    return (int) index & (ring.length - 1);
  }
}
