package dev.trailcast.journal.store.hash;

/**
 * Several Bloom filters of one size, by slices of bits: a word holds one bit of each, so that all
 * of them are asked by reading as few words as one of them (as signature files are stored:
 * Faloutsos, Access Methods for Text, 1985). Asked one after the other, 64 filters took a quarter
 * of what an entry takes to be recorded. For one thread.
 */
public final class BloomFilters {
  private final long[] words;
  private long taken; // a bit for each filter

  /** None yet, of the size of this one. */
  public BloomFilters(BloomFilter like) {
    words = new long[like.words().length * Long.SIZE];
  }

  /** Whether one more can be added. */
  public boolean hasRoomFor(BloomFilter filter) {
    return filter.words().length * Long.SIZE == words.length && taken != -1;
  }

  public boolean isEmpty() {
    return taken == 0;
  }

  /**
   * Adds one, as it is now.
   *
   * @return its number, from 0 to 63
   */
  public int add(BloomFilter filter) {
    int number = Long.numberOfTrailingZeros(~taken);
    taken |= 1L << number;
    long[] bits = filter.words();
    for (int i = 0; i < bits.length; i++) {
      for (long left = bits[i]; left != 0; left &= left - 1) {
        words[i * Long.SIZE + Long.numberOfTrailingZeros(left)] |= 1L << number;
      }
    }
    return number;
  }

  /** Removes the one of this number, which is free then. */
  public void remove(int number) {
    long others = ~(1L << number);
    taken &= others;
    for (int i = 0; i < words.length; i++) {
      words[i] &= others;
    }
  }

  /** By their numbers, a bit for each that may contain a key. */
  public long mayContain(long hash) {
    long may = taken;
    int place = (int) hash;
    int step = BloomFilter.step(hash);
    for (int i = 0; i < BloomFilter.PLACES && may != 0; i++) {
      may &= words[BloomFilter.bit(place, words.length)];
      place += step;
    }
    return may;
  }
}
