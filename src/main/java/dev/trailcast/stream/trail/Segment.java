package dev.trailcast.stream.trail;

import dev.trailcast.stream.wire.Compression;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Packed;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.util.List;

/**
 * Some frames of a channel next to each other, packed once for all readers that come by. Safe for
 * use by many threads: the first that wants it packs it, the others wait for that.
 */
public final class Segment {
  /** So many bytes of frames at most: about a write, and about a millisecond of packing. */
  static final int MOST_BYTES = 64 * 1024;

  // fixed at birth
  private final Format format;
  private final long from;
  private final long to;
  private final long lastOffset;
  private final int count;
  private final long recorded;
  private final int bytes;

  // guarded by this
  private List<RecordedFrame> frames;
  private Packed packed;

  /**
   * @param from the index of its first reference on the channel
   * @param to the index behind its last
   * @param frames not empty
   * @param bytes how long they are together
   */
  Segment(Format format, long from, long to, List<RecordedFrame> frames, int bytes) {
    this.bytes = bytes;
    this.format = format;
    this.from = from;
    this.to = to;
    this.frames = frames;
    this.lastOffset = frames.get(frames.size() - 1).offset();
    this.count = frames.size();
    this.recorded = frames.get(0).recorded();
  }

  Format format() {
    return format;
  }

  long from() {
    return from;
  }

  long to() {
    return to;
  }

  /** How much memory it takes at most: packed it is hardly ever longer than plain. */
  int bytes() {
    return bytes;
  }

  /** How many frames it has. */
  public int count() {
    return count;
  }

  /** When its first was recorded, in milliseconds since 1970. */
  public long recorded() {
    return recorded;
  }

  /** The offset of its last frame. */
  public long lastOffset() {
    return lastOffset;
  }

  public synchronized Packed packed(Compression compression) {
    if (packed == null) {
      WriteBuffer plain = new WriteBuffer(MOST_BYTES);
      frames.forEach(frame -> format.frame(plain, frame));
      packed = compression.pack(plain);
      frames = null;
    }
    return packed;
  }
}
