package dev.trailcast.journal.store.sketch;

import dev.trailcast.journal.store.hash.BloomFilter;

/** Says of most values that none of the activities of a slice has them. For one thread. */
public final class Sketch {
  /** So many activities make a slice. */
  static final int ACTIVITIES = 512;

  private final BloomFilter keys;

  private Sketch(BloomFilter keys) {
    this.keys = keys;
  }

  /** From what {@link Draft#toBytes} gave. */
  static Sketch of(byte[] bytes) {
    return new Sketch(BloomFilter.of(bytes));
  }

  /** False if no activity has a value with this key. */
  boolean mayHave(long key) {
    return keys.mayContain(key);
  }
}
