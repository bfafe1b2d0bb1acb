package dev.trailcast.journal.store.sketch;

import dev.trailcast.journal.store.hash.OffsetsByHash;
import dev.trailcast.journal.store.hash.SipHash;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Where in a slice the newest entry with each value of an attribute is, by hashes of the values:
 * whoever has them all need not look there. For one thread.
 */
final class NewestEntries {
  private static final int BYTES = Long.BYTES + Integer.BYTES;

  private final SipHash hash;
  private final OffsetsByHash offsets = new OffsetsByHash();

  NewestEntries(SipHash hash) {
    this.hash = hash;
  }

  /**
   * One that is newer than all before.
   *
   * @param value or null
   */
  void add(String value, long offset) {
    if (value != null) {
      offsets.put(hash.of(value), offset);
    }
  }

  /**
   * As it is written.
   *
   * @param after the slice begins behind this offset
   * @return null if the slice is too long for that
   */
  byte[] toBytes(long after) {
    ByteBuffer bytes = ByteBuffer.allocate(offsets.size() * BYTES);
    boolean[] isTooLong = {false};
    offsets.forEach(
        (valueHash, offset) -> {
          isTooLong[0] |= offset - after > Integer.MAX_VALUE;
          bytes.putLong(valueHash).putInt((int) (offset - after));
        });
    return isTooLong[0] ? null : bytes.array();
  }

  /**
   * The entries whose values are not known, newest first.
   *
   * @param bytes what {@link #toBytes} gave
   */
  static List<Long> unknown(byte[] bytes, long after, KnownValues known) {
    long[] found = new long[bytes.length / BYTES];
    int count = 0;
    ByteBuffer pairs = ByteBuffer.wrap(bytes);
    while (pairs.hasRemaining()) {
      long valueHash = pairs.getLong();
      int place = pairs.getInt();
      if (!known.has(valueHash)) {
        found[count++] = after + place;
      }
    }
    return LongStream.of(Arrays.copyOf(found, count))
        .boxed()
        .sorted(Comparator.reverseOrder())
        .toList();
  }
}
