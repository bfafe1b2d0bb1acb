package dev.trailcast.stream.trail;

import dev.trailcast.stream.wire.RecordedFrame;
import java.util.List;

/**
 * A stretch of the trail, for all who come by.
 *
 * @param from where it was asked to begin
 * @param after where it begins; later than {@code from} if history has a gap there
 * @param frames what it holds, whoever may see it
 * @param upTo where it ends
 */
public record HistoryPage(long from, long after, FrameIndex frames, long upTo) {
  static final int MOST_FRAMES = 256;
  static final int MOST_BYTES = 1 << 20;

  HistoryPage(long from, long after, List<RecordedFrame> frames, long upTo) {
    this(from, after, new FrameIndex(frames), upTo);
  }

  /** How much memory it takes, about. */
  long bytes() {
    return frames.bytes();
  }

  public boolean covers(long offset) {
    return offset >= from && offset < upTo;
  }
}
