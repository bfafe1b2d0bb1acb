package dev.trailcast.stream.statistics;

import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.View;
import dev.trailcast.stream.trail.Counting;
import dev.trailcast.stream.trail.Follower;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.wire.RecordedFrame;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much happens in a view, and who and what is busiest there: counted from what the view's
 * reader gets, so that it tells that reader of nothing else. For one thread at a time.
 */
final class ActivityCounts implements Follower {
  /** So many of the busiest are named. */
  private static final int MOST = 10;

  /** To count who is busiest, the tail is looked through: up to 3 ms for 16,384 activities. */
  private static final long AGE_NANOS = 2_000_000_000;

  /** Attributes whose busiest values are counted. */
  private static final List<Attribute> COUNTED =
      List.of(Attribute.ACTOR, Attribute.TYPE, Attribute.SUBJECT);

  /** A value, and how often it was there. */
  record Count(String name, long count) {}

  /**
   * The busiest among the newest activities.
   *
   * @param since when the oldest of these was recorded, or null where there are none
   * @param activities how many they are
   */
  record Busiest(Instant since, long activities, Map<Attribute, List<Count>> values) {}

  // fixed at birth
  private final Tail tail;
  private final View view;
  private final Counting counting;
  private final SecondCounts seconds = new SecondCounts();

  private Busiest busiest;
  private long busiestAt;

  /** Counts what is in the tail, and from now on. */
  ActivityCounts(Tail tail, View view) {
    this.tail = tail;
    this.view = view;
    this.counting = tail.count(this, view, seconds::add);
  }

  /** Needs nothing: the channel counts what is new. */
  @Override
  public void wake() {}

  /** No longer counts. */
  void end() {
    tail.endCount(counting);
  }

  /**
   * How many were recorded in each of the last seconds, the oldest first.
   *
   * @param now the running second, since 1970
   */
  List<Long> perSecond(long now) {
    return seconds.before(now);
  }

  /** The busiest, counted not long ago. */
  Busiest busiest() {
    long now = System.nanoTime();
    if (busiest == null || now - busiestAt > AGE_NANOS) {
      busiest = count();
      busiestAt = now;
    }
    return busiest;
  }

  private Busiest count() {
    Map<Attribute, Map<String, Long>> counts = new EnumMap<>(Attribute.class);
    COUNTED.forEach(attribute -> counts.put(attribute, new HashMap<>()));
    Instant since = null;
    long activities = 0;
    for (RecordedFrame frame : tail.recorded()) {
      if (view.includes(frame.activity())) {
        since = since == null ? Instant.ofEpochMilli(frame.recorded()) : since;
        activities++;
        for (Attribute attribute : COUNTED) {
          String value = attribute.of(frame.activity());
          if (value != null) {
            counts.get(attribute).merge(value, 1L, Long::sum);
          }
        }
      }
    }
    Map<Attribute, List<Count>> values = new EnumMap<>(Attribute.class);
    counts.forEach((attribute, count) -> values.put(attribute, most(count)));
    return new Busiest(since, activities, values);
  }

  private static List<Count> most(Map<String, Long> counts) {
    Stream<Count> all = counts.entrySet().stream().map(e -> new Count(e.getKey(), e.getValue()));
    return all.sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::name))
        .limit(MOST)
        .toList();
  }
}
