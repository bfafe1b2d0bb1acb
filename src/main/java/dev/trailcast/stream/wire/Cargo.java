package dev.trailcast.stream.wire;

import dev.trailcast.journal.Gap;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What goes to a reader in one write, beside bytes: noted while it is put together, and counted
 * when it is out. For the one thread that writes.
 */
public final class Cargo {
  /** When something was recorded of which that is not to be measured. */
  public static final long UNTIMED = Long.MAX_VALUE;

  private final Map<Gap.Reason, Integer> gaps = new EnumMap<>(Gap.Reason.class);
  private int frames;
  private long oldest = UNTIMED;
  private long leftOut;

  /** Nothing is in it. */
  void clear() {
    frames = 0;
    oldest = UNTIMED;
    leftOut = 0;
    if (!gaps.isEmpty()) {
      gaps.clear();
    }
  }

  /**
   * Frames of the trail.
   *
   * @param recorded when the oldest of them was, in milliseconds since 1970, or {@link #UNTIMED}
   */
  public void add(int more, long recorded) {
    frames += more;
    oldest = Math.min(oldest, recorded);
  }

  /** It tells of a gap. */
  public void add(Gap.Reason gap) {
    gaps.merge(gap, 1, Integer::sum);
  }

  /** It tells that so many were left out. */
  public void leaveOut(long count) {
    leftOut += count;
  }

  /** How many frames. */
  public int frames() {
    return frames;
  }

  /** When the oldest was recorded that is to be measured; {@link #UNTIMED} if none is. */
  public long oldest() {
    return oldest;
  }

  /** How many were left out. */
  public long leftOut() {
    return leftOut;
  }

  /** Tells of each kind of gap how often. */
  public void forEachGap(BiConsumer<Gap.Reason, Integer> counter) {
    if (!gaps.isEmpty()) {
      gaps.forEach(counter);
    }
  }
}
