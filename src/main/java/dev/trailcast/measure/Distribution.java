package dev.trailcast.measure;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How large something was, each time: counted in fixed buckets, of which percentiles are made
 * elsewhere. To record costs two striped additions and allocates nothing. Safe for use by many
 * threads.
 */
public final class Distribution {
  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** What is measured. */
  public enum Unit {
    /** Time, in nanoseconds. */
    TIME,
    /** A number of something. */
    NUMBER
  }

  private final Unit unit;
  private final long[] bounds; // the largest of each bucket, but of the last, which has none
  private final LongAdder[] counts;
  private final LongAdder[] sums;

  private Distribution(Unit unit, long... bounds) {
    this.unit = unit;
    this.bounds = bounds;
    this.counts = adders(bounds.length + 1);
    this.sums = adders(bounds.length + 1);
  }

  private static LongAdder[] adders(int count) {
    LongAdder[] adders = new LongAdder[count];
    for (int i = 0; i < count; i++) {
      adders[i] = new LongAdder();
    }
    return adders;
  }

  /** Of times that somebody waits: from a millisecond to 30 s. */
  public static Distribution ofWaits() {
    return new Distribution(
        Unit.TIME,
        MILLISECOND,
        2 * MILLISECOND,
        5 * MILLISECOND,
        10 * MILLISECOND,
        25 * MILLISECOND,
        50 * MILLISECOND,
        100 * MILLISECOND,
        250 * MILLISECOND,
        500 * MILLISECOND,
        SECOND,
        5 * SECOND / 2,
        5 * SECOND,
        10 * SECOND,
        30 * SECOND);
  }

  /** Of times that somebody stays: from a second to a day. */
  public static Distribution ofStays() {
    return new Distribution(
        Unit.TIME,
        SECOND,
        10 * SECOND,
        60 * SECOND,
        600 * SECOND,
        3_600 * SECOND,
        6 * 3_600 * SECOND,
        24 * 3_600 * SECOND);
  }

  /** Of numbers: from 1 to a million. */
  public static Distribution ofNumbers() {
    return new Distribution(Unit.NUMBER, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000);
  }

  /**
   * So large it was this time.
   *
   * @param value in nanoseconds, or how many; what is below 0 is taken for 0
   */
  public void record(long value) {
    long size = Math.max(0, value);
    int bucket = 0;
    while (bucket < bounds.length && size > bounds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sums[bucket].add(size);
  }

  /** So long it took this time. */
  public void record(Duration time) {
    record(time.toNanos());
  }

  /** What is measured. */
  public Unit unit() {
    return unit;
  }

  /** The largest of each bucket, in nanoseconds, or how many; the last bucket has no such. */
  public long[] bounds() {
    return bounds.clone();
  }

  /** What was recorded so far. While others record, it is not of one moment. */
  public Snapshot snapshot() {
    long[] countsNow = new long[counts.length];
    long[] sumsNow = new long[counts.length];
    for (int i = 0; i < counts.length; i++) {
      countsNow[i] = counts[i].sum(); // first: what has no sum yet is counted as less, not as more
      sumsNow[i] = sums[i].sum();
    }
    return new Snapshot(countsNow, sumsNow);
  }

  /**
   * What was recorded.
   *
   * @param counts how often, by bucket
   * @param sums how much altogether, by bucket
   */
  public record Snapshot(long[] counts, long[] sums) {
    /** How often. */
    public long count() {
      return Arrays.stream(counts).sum();
    }

    /** How much altogether. */
    public long sum() {
      return Arrays.stream(sums).sum();
    }
  }
}
