package dev.trailcast.measure;

import java.util.concurrent.atomic.LongAdder;

/**
 * How often something has happened, by kind. Safe for use by many threads.
 *
 * @param <K> the kinds; all of them are counted from the beginning, so that their first rise shows
 */
public final class CountsBy<K extends Enum<K>> {
  private final K[] kinds;
  private final LongAdder[] counts;

  /** Of these kinds, none of which has happened. */
  public CountsBy(Class<K> kinds) {
    this.kinds = kinds.getEnumConstants();
    this.counts = new LongAdder[this.kinds.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new LongAdder();
    }
  }

  /** It has happened once more. */
  public void increment(K kind) {
    counts[kind.ordinal()].increment();
  }

  /** It has happened so often. */
  public void add(K kind, long times) {
    counts[kind.ordinal()].add(times);
  }

  /** How often it has happened so far. */
  public long of(K kind) {
    return counts[kind.ordinal()].sum();
  }

  /** Every kind there is. */
  public K[] kinds() {
    return kinds.clone();
  }
}
