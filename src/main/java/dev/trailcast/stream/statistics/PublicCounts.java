package dev.trailcast.stream.statistics;

import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.View;
import dev.trailcast.stream.trail.Counting;
import dev.trailcast.stream.trail.Follower;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.wire.RecordedFrame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * How much happens in public where a filter and a right reach, and who and what is busiest: counted
 * once for all who ask for the same and have the same rights, whoever they are. Safe for use by
 * many threads.
 */
final class PublicCounts implements Follower {
  /** So many of the busiest are named. */
  private static final int MOST = 10;

  /** Attributes whose busiest values are counted. */
  private static final List<Attribute> COUNTED =
      List.of(Attribute.ACTOR, Attribute.TYPE, Attribute.SUBJECT);

  private static final Comparator<ActivityCounts.Count> BUSIEST_FIRST =
      Comparator.comparingLong(ActivityCounts.Count::count)
          .reversed()
          .thenComparing(ActivityCounts.Count::name);

  // fixed at birth
  private final Tail tail;
  private final View view;
  private final LongSupplier ageNanos;
  private final Counting counting;

  // safe by itself
  private final SecondCounts seconds = new SecondCounts();

  // guarded by this
  private Newest newest;

  /**
   * Counts what is in the tail, and from now on.
   *
   * @param view its reader is nobody in particular
   * @param ageNanos how old the busiest may be
   */
  PublicCounts(Tail tail, View view, LongSupplier ageNanos) {
    this.tail = tail;
    this.view = view;
    this.ageNanos = ageNanos;
    this.counting = tail.count(this, view, seconds::add);
  }

  /** Needs nothing: the channel counts what is new. */
  @Override
  public void wake() {}

  /** No longer counts. */
  void end() {
    tail.endCount(counting);
  }

  /** As {@link ActivityCounts#perSecond}, of what is public. */
  List<Long> perSecond(long now) {
    return seconds.before(now);
  }

  /** The newest activities, looked through not long ago: up to 3 ms for 16,384 of them. */
  synchronized Newest newest() {
    long now = System.nanoTime();
    if (newest == null || isOld(now)) {
      newest = Newest.of(now, tail.recorded(), view);
    }
    return newest;
  }

  private boolean isOld(long now) {
    return now - newest.at() > ageNanos.getAsLong();
  }

  /** Lets go of what nobody asks for any more: it may be all that the tail held then. */
  synchronized void forgetOld() {
    if (newest != null && isOld(System.nanoTime())) {
      newest = null;
    }
  }

  /**
   * Some activities, and how often each value is there in public.
   *
   * @param at when they were looked through, by {@link System#nanoTime}
   * @param first the oldest of what is public, or null
   * @param activities how many are public
   * @param counts by attribute and value
   * @param ranked the same, the busiest first
   * @param addressed those that have an audience: for whom they are to look through
   */
  record Newest(
      long at,
      Instant first,
      long activities,
      Map<Attribute, Map<String, Long>> counts,
      Map<Attribute, List<ActivityCounts.Count>> ranked,
      List<RecordedFrame> addressed) {

    private static Newest of(long at, List<RecordedFrame> frames, View view) {
      List<RecordedFrame> open = new ArrayList<>();
      List<RecordedFrame> addressed = new ArrayList<>();
      for (RecordedFrame frame : frames) {
        if (frame.activity().audience() != null) {
          addressed.add(frame);
        } else if (view.includes(frame.activity())) {
          open.add(frame);
        }
      }
      Map<Attribute, Map<String, Long>> counts = count(open);
      Map<Attribute, List<ActivityCounts.Count>> ranked = new EnumMap<>(Attribute.class);
      counts.forEach(
          (attribute, byValue) ->
              ranked.put(attribute, counted(byValue).sorted(BUSIEST_FIRST).toList()));
      return new Newest(at, first(open), open.size(), counts, ranked, addressed);
    }

    private static Map<Attribute, Map<String, Long>> count(List<RecordedFrame> frames) {
      Map<Attribute, Map<String, Long>> counts = new EnumMap<>(Attribute.class);
      for (Attribute attribute : COUNTED) {
        Map<String, Long> byValue = new HashMap<>();
        for (RecordedFrame frame : frames) {
          String value = attribute.of(frame.activity());
          if (value != null) {
            byValue.merge(value, 1L, Long::sum);
          }
        }
        counts.put(attribute, byValue);
      }
      return counts;
    }

    private static Stream<ActivityCounts.Count> counted(Map<String, Long> byValue) {
      return byValue.entrySet().stream()
          .map(each -> new ActivityCounts.Count(each.getKey(), each.getValue()));
    }

    private static Instant first(List<RecordedFrame> frames) {
      return frames.isEmpty() ? null : Instant.ofEpochMilli(frames.get(0).recorded());
    }

    /** The busiest among what is public and these, which are for one reader. */
    ActivityCounts.Busiest busiestWith(List<RecordedFrame> own) {
      Map<Attribute, Map<String, Long>> more = count(own);
      Map<Attribute, List<ActivityCounts.Count>> busiest = new EnumMap<>(Attribute.class);
      more.forEach((attribute, byValue) -> busiest.put(attribute, most(attribute, byValue)));
      Instant since =
          Stream.of(Stream.ofNullable(first), Stream.ofNullable(first(own)))
              .flatMap(each -> each)
              .min(Comparator.naturalOrder())
              .orElse(null);
      return new ActivityCounts.Busiest(since, activities + own.size(), busiest);
    }

    private List<ActivityCounts.Count> most(Attribute attribute, Map<String, Long> more) {
      Map<String, Long> open = counts.get(attribute);
      return Stream.concat(
              ranked.get(attribute).stream()
                  .filter(each -> !more.containsKey(each.name()))
                  .limit(MOST),
              counted(more)
                  .map(
                      each ->
                          new ActivityCounts.Count(
                              each.name(), each.count() + open.getOrDefault(each.name(), 0L))))
          .sorted(BUSIEST_FIRST)
          .limit(MOST)
          .toList();
    }
  }
}
