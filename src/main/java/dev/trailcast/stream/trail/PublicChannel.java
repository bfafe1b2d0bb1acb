package dev.trailcast.stream.trail;

import dev.trailcast.activity.View;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.RecordedFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What all readers with the same filter and scope share, whoever they are: what has no audience,
 * and what is transient. Stretches of it are packed once for all of them.
 */
final class PublicChannel extends Channel {
  private static final int MOST_SEGMENTS = 8;

  // fixed at birth
  private final View view;
  private final FrameRing ring; // guarded by the tail's lock
  private final KeptSegments kept; // guarded by the tail's lock

  // guarded by the tail's lock: what was packed lately, oldest first
  private final ArrayDeque<Segment> segments = new ArrayDeque<>();

  // guarded by the tail's lock: whose followers are woken when something comes; each knows where
  private final List<Cursor> waiting = new ArrayList<>();

  /**
   * @param view of somebody unknown
   * @param from the offset behind which it is complete
   * @param ring the tail's frames
   * @param kept what was packed on any channel
   */
  PublicChannel(View view, long from, FrameRing ring, KeptSegments kept) {
    super(from);
    this.view = view;
    this.ring = ring;
    this.kept = kept;
  }

  View view() {
    return view;
  }

  /** Its follower is to be woken when something comes, unless it has left. */
  void await(Cursor cursor) {
    if (!cursor.waits() && cursors().contains(cursor)) {
      cursor.waitAt(waiting.size());
      waiting.add(cursor);
    }
  }

  /** Something has come: these followers are to be woken, and nobody any more. */
  void endWaiting(List<Cursor> woken) {
    woken.addAll(waiting);
    waiting.forEach(Cursor::endWaiting);
    waiting.clear();
  }

  /** The last one takes its place: thousands may leave at once. */
  @Override
  void leave(Cursor cursor) {
    super.leave(cursor);
    if (cursor.waits()) {
      Cursor last = waiting.remove(waiting.size() - 1);
      if (last != cursor) {
        last.waitAt(cursor.waitsAt());
        waiting.set(cursor.waitsAt(), last);
      }
      cursor.endWaiting();
    }
  }

  /** Drops also what was packed of what has left the tail. */
  @Override
  void dropBefore(long oldest) {
    super.dropBefore(oldest);
    while (!segments.isEmpty() && segments.getFirst().to() <= first()) {
      kept.remove(segments.removeFirst());
    }
  }

  /** There is no room to keep it any more. */
  void forget(Segment segment) {
    segments.remove(segment);
  }

  /** Nobody is here any more, or something of it was erased. */
  void forgetAll() {
    segments.forEach(kept::remove);
    segments.clear();
  }

  /** Where a cursor on the tail goes on: its reader may know more than the tail did. */
  long indexBehind(Cursor cursor) {
    long next = indexOf(cursor.number());
    while (next < end()
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
    if (cursors().size() > 1) {
      keep(segment);
    }
    return segment;
  }

  /** Where a new segment at this index has to end at the latest, so that others can go on there. */
  private long boundary(Format format, long index) {
    long boundary = end();
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
}
