package dev.trailcast.journal.store.sketch;

import dev.trailcast.journal.store.hash.OffsetsByHash;
import dev.trailcast.journal.store.hash.SipHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

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

  /** How many there are in what {@link #toBytes} gave. */
  static int size(byte[] bytes) {
    return bytes.length / BYTES;
  }

  /** Calls it for each in what {@link #toBytes} gave, with its place in the slice. */
  static void forEach(byte[] bytes, OffsetsByHash.Visitor visitor) {
    ByteBuffer pairs = ByteBuffer.wrap(bytes);
    while (pairs.hasRemaining()) {
      visitor.visit(pairs.getLong(), pairs.getInt());
    }
  }

  /**
   * The entries whose values are not known, newest first.
   *
   * @param bytes what {@link #toBytes} gave
   */
  static List<Long> unknown(byte[] bytes, long after, KnownValues known) {
    List<Long> unknown = new ArrayList<>();
    forEach(
        bytes,
        (valueHash, place) -> {
          if (!known.has(valueHash)) {
            unknown.add(after + place);
          }
        });
    unknown.sort(Comparator.reverseOrder());
    return unknown;
  }
}
