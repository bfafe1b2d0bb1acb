package dev.trailcast.journal.store.sketch;

import dev.trailcast.journal.store.hash.BloomFilter;

/** Says of most values that none of the activities of a slice has them. For one thread. */
public final class Sketch {
  /** So many activities make a slice. */
  static final int ACTIVITIES = 512;

  private final byte[] keys; // of a Bloom filter

  private Sketch(byte[] keys) {
    this.keys = keys;
  }

  /** From what {@link Draft#toBytes} gave, which is not to be changed from now on. */
  static Sketch of(byte[] bytes) {
    return new Sketch(bytes);
  }

  /** False if no activity has a value with this key. */
  boolean mayHave(long key) {
    return BloomFilter.mayContain(keys, key);
  }
}
