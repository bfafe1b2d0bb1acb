package dev.trailcast.benchmark.load;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntPredicate;

/**
 * The events of one run. Publishers take turns in numbering them: the one at index i is that of
 * publisher i % publishers, so that each reader can check the order of each publisher. Numbers are
 * never used again in a later run: what comes too late is not taken for something else.
 *
 * <p>Safe for use by many threads.
 */
public final class Feed {
  private static final int CAPACITY = 1 << 20;
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final int first = RUNS.getAndIncrement() * CAPACITY;
  private final int publishers;
  private final AtomicLongArray sentAt = new AtomicLongArray(CAPACITY);
  private final BitSet acknowledged = new BitSet(); // guarded by itself

  public Feed(int publishers) {
    this.publishers = publishers;
  }

  int publishers() {
    return publishers;
  }

  boolean hasRoomFor(int index) {
    return index < CAPACITY;
  }

  /** The number in the stamp of the event at this index. */
  public int number(int index) {
    return first + index;
  }

  /** The index of an event, or -1 if it is none of this run. */
  int index(long number) {
    long index = number - first;
    return index >= 0 && index < CAPACITY ? (int) index : -1;
  }

  /** Notes the {@link System#nanoTime} at which an event is sent, before it is. */
  public void sent(int index, long nanoTime) {
    sentAt.setRelease(index, nanoTime);
  }

  long sentAt(int index) {
    return sentAt.getAcquire(index);
  }

  /** Notes that the server has taken an event: from now on it is missed where it does not come. */
  public void acknowledge(int index) {
    synchronized (acknowledged) {
      acknowledged.set(index);
    }
  }

  /** How many events the server has taken. */
  public int acknowledged() {
    synchronized (acknowledged) {
      return acknowledged.cardinality();
    }
  }

  /** How many of those that the server has taken are mine and not in {@code seen}. */
  int missing(BitSet seen, IntPredicate mine) {
    synchronized (acknowledged) {
      BitSet missing = (BitSet) acknowledged.clone();
      missing.andNot(seen);
      return (int) missing.stream().filter(mine).count();
    }
  }
}
