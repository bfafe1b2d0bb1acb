package dev.trailcast.stream.trail;

import dev.trailcast.stream.wire.ErasedFrame;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.RecordedFrame;
import java.util.Set;

/**
 * The newest frames, numbered one by one as they come: those from {@link #first} to before {@link
 * #end} are there. Bounded by a number of frames and of bytes. Whoever has it guards it.
 */
final class FrameRing {
  // fixed at birth
  private final long mostBytes;

  private final Frame[] frames;
  private long first;
  private long end;
  private long bytes;
  private long floor;

  /**
   * Empty.
   *
   * @param floor the offset behind which it begins
   */
  FrameRing(TailSize size, long floor) {
    this.frames = new Frame[size.entries()];
    this.mostBytes = size.bytes();
    this.floor = floor;
  }

  /** The number of the oldest frame. */
  long first() {
    return first;
  }

  /** The number that the next frame will have. */
  long end() {
    return end;
  }

  /** The offset of the newest frame that has gone. */
  long floor() {
    return floor;
  }

  /** One that is there. */
  Frame get(long number) {
    return frames[slot(number)];
  }

  /** Adds the newest one; the oldest go where there is no room. */
  void push(Frame frame) {
    while (end - first == frames.length || (bytes + frame.bytes() > mostBytes && first < end)) {
      dropOldest();
    }
    frames[slot(end)] = frame;
    bytes += frame.bytes();
    end++;
  }

  /** Erases these, as far as they are there. The places stay. */
  void erase(Set<RecordedFrame> erased) {
    for (long number = first; number < end; number++) {
      if (get(number) instanceof RecordedFrame frame && erased.contains(frame)) {
        bytes -= frame.bytes();
        frames[slot(number)] = new ErasedFrame(frame.offset());
      }
    }
  }

  /**
   * Lets all go, and begins anew behind an offset. A number is left out, for what is missing: so
   * whoever had everything has not had that.
   */
  void clear(long newFloor) {
    while (first < end) {
      dropOldest();
    }
    first = ++end;
    floor = newFloor;
  }

  private void dropOldest() {
    Frame oldest = frames[slot(first)];
    frames[slot(first)] = null;
    bytes -= oldest.bytes();
    floor = oldest.offset();
    first++;
  }

  /** The number of the first frame behind an offset; offsets never fall. */
  long numberBehind(long offset) {
    long low = first;
    long high = end;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (get(middle).offset() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Where a reader goes on that has had everything that is recorded up to this offset: offsets
   * never fall, and what is transient stands behind the entry that it came after.
   */
  long nextFor(long offset) {
    long number = numberBehind(offset - 1);
    return number < end && get(number).offset() == offset && get(number) instanceof RecordedFrame
        ? number + 1
        : number;
  }

  private int slot(long number) {
    return (int) (number % frames.length);
  }
}
