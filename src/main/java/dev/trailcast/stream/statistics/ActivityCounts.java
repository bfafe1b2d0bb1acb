package dev.trailcast.stream.statistics;

import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.stream.trail.Counting;
import dev.trailcast.stream.trail.Follower;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.wire.RecordedFrame;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How much happens in a view, and who and what is busiest there: counted from what the view's
 * reader gets, so that it tells that reader of nothing else. What is public is counted {@link
 * PublicCounts once for many}, and what is for its reader is added. For one thread at a time.
 */
final class ActivityCounts implements Follower {

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
  private final PublicCounts publicly;
  private final SecondCounts ownSeconds = new SecondCounts();
  private final Counting counting; // null where nothing is for nobody in particular

  private Busiest busiest;
  private long busiestAt;

  /**
   * Counts what is in the tail, and from now on.
   *
   * @param publicly of the same filter and scope
   */
  ActivityCounts(Tail tail, View view, PublicCounts publicly) {
    this.tail = tail;
    this.view = view;
    this.publicly = publicly;
    this.counting =
        view.viewer().equals(Viewer.ANONYMOUS)
            ? null
            : tail.countAddressed(this, view, ownSeconds::add);
  }

  /** Needs nothing: the channels count what is new. */
  @Override
  public void wake() {}

  /** No longer counts. */
  void end() {
    if (counting != null) {
      tail.endCount(counting);
    }
  }

  /**
   * How many were recorded in each of the last seconds, the oldest first.
   *
   * @param now the running second, since 1970
   */
  List<Long> perSecond(long now) {
    List<Long> open = publicly.perSecond(now);
    List<Long> own = ownSeconds.before(now);
    return IntStream.range(0, open.size()).mapToObj(i -> open.get(i) + own.get(i)).toList();
  }

  /** Nobody asks for the busiest just now. */
  void forget() {
    busiest = null;
  }

  /** The busiest, counted not long ago. */
  Busiest busiest() {
    PublicCounts.Newest now = publicly.newest();
    if (busiest == null || now.at() != busiestAt) {
      List<RecordedFrame> own =
          now.addressed().stream().filter(frame -> view.includes(frame.activity())).toList();
      busiest = now.busiestWith(own);
      busiestAt = now.at();
    }
    return busiest;
  }
}
