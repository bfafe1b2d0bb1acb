package dev.trailcast.stream.wire;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Packs pieces of streams, each as blocks of RFC 1951 of which the last is empty and so ends on a
 * byte. Safe for use by many threads; keeps a few deflaters, which are dear to make.
 */
public final class Compression {
  /** Below it compressing gains less than it costs. */
  private static final int WORTHWHILE = 128;

  /** A block that is not compressed (RFC 1951, section 3.2.4) holds so much. */
  private static final int LARGEST_STORED = 0xffff;

  private static final int KEPT = 8;

  private final BlockingQueue<Deflater> deflaters = new ArrayBlockingQueue<>(KEPT);

  /** All of a buffer into which nothing was inserted. */
  public Packed pack(WriteBuffer plain) {
    return pack(plain.bytes(), 0, plain.length());
  }

  public Packed pack(byte[] bytes, int from, int to) {
    int length = to - from;
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    byte[] blocks =
        length < WORTHWHILE ? stored(bytes, from, length) : deflated(bytes, from, length);
    return new Packed(blocks, (int) crc.getValue(), Crc32.shift(length), length);
  }

  private static byte[] stored(byte[] bytes, int from, int length) {
    assert length <= LARGEST_STORED;
    WriteBuffer out = new WriteBuffer(length + 5);
    out.put((byte) 0).putShort(length).putShort(~length).put(bytes, from, from + length);
    return out.toByteArray();
  }

  private byte[] deflated(byte[] bytes, int from, int length) {
    Deflater deflater = deflaters.poll();
    if (deflater == null) {
      deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    }
    try {
      WriteBuffer out = new WriteBuffer(length / 2 + 64);
      deflater.setInput(bytes, from, length);
      byte[] some = new byte[4096];
      for (int count = some.length; count == some.length; ) {
        count = deflater.deflate(some, 0, some.length, Deflater.SYNC_FLUSH);
        out.put(some, 0, count);
      }
      return out.toByteArray();
    } finally {
      deflater.reset();
      if (!deflaters.offer(deflater)) {
        deflater.end();
      }
    }
  }

  /** Gives back what the deflaters hold. */
  public void end() {
    for (Deflater each = deflaters.poll(); each != null; each = deflaters.poll()) {
      each.end();
    }
  }
}
