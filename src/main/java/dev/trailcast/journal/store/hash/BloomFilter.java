package dev.trailcast.journal.store.hash;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * Says of most keys that were never added that they were not (Bloom, Space/Time Trade-offs in Hash
 * Coding with Allowable Errors, 1970; the places by double hashing: Kirsch and Mitzenmacher, 2006).
 * For one thread.
 */
public final class BloomFilter {
  static final int PLACES = 8;

  private final long[] words;
  private final long bits;

  /**
   * For about so many keys; with more of them it errs more often.
   *
   * @param bitsForEach with 24, one of 24,000 keys that were not added seems to be there; with 19,
   *     one of 5,000; with 16, one of 1,700
   */
  public BloomFilter(long keys, int bitsForEach) {
    this(new long[Math.toIntExact(keys * bitsForEach / Long.SIZE) + 1]);
  }

  private BloomFilter(long[] words) {
    this.words = words;
    this.bits = (long) words.length * Long.SIZE;
  }

  /** From what {@link #toBytes} gave. */
  public static BloomFilter of(byte[] bytes) {
    LongBuffer from = ByteBuffer.wrap(bytes).asLongBuffer();
    long[] words = new long[from.remaining()];
    from.get(words);
    return new BloomFilter(words);
  }

  /** As it is written. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES);
    bytes.asLongBuffer().put(words);
    return bytes.array();
  }

  /** Its bits, 64 in a word; not copied. */
  long[] words() {
    return words;
  }

  /**
   * Adds a key.
   *
   * @param hash of which each bit is as good as random
   */
  public void add(long hash) {
    int place = (int) hash;
    int step = step(hash);
    for (int i = 0; i < PLACES; i++) {
      int bit = bit(place, bits);
      words[bit >>> 6] |= 1L << bit;
      place += step;
    }
  }

  /**
   * False if a key was never added to the filter of which {@link #toBytes} gave these bytes. They
   * are looked at where they are: a search asks each filter once, and to unpack them took 5 % of it
   * (async-profiler).
   */
  public static boolean mayContain(byte[] bytes, long hash) {
    long bits = (long) bytes.length * Byte.SIZE;
    int place = (int) hash;
    int step = step(hash);
    for (int i = 0; i < PLACES; i++) {
      int bit = bit(place, bits);
      int inItsWord = Long.BYTES - 1 - (bit >>> 3) % Long.BYTES; // words begin with their last bits
      if ((bytes[(bit >>> 6) * Long.BYTES + inItsWord] & 1 << (bit & 7)) == 0) {
        return false;
      }
      place += step;
    }
    return true;
  }

  /** Of all that there are, as evenly as the place (Lemire, Fast Random Integer Generation). */
  static int bit(int place, long bits) {
    return (int) ((place & 0xffff_ffffL) * bits >>> 32);
  }

  static int step(long hash) {
    return (int) (hash >>> 32) | 1;
  }
}
