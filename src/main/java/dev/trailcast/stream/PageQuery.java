package dev.trailcast.stream;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.pages.PageRequest;
import dev.trailcast.stream.trail.StartingPoint;
import java.time.Instant;

/**
 * Which page of what is kept code of the application's own asks {@link ActivityTrail} for: as the
 * query of {@code GET /api/activities}. Up to 100 activities, of any kind, unless said otherwise.
 *
 * <p>Unchanging, and so safe for use by many threads.
 */
public final class PageQuery {
  private final PageRequest request;

  private PageQuery(PageRequest request) {
    this.request = request;
  }

  /** The newest activities, newest first. */
  public static PageQuery newest() {
    return new PageQuery(PageRequest.NEWEST);
  }

  /** What comes before the activity at a position, newest first. */
  public static PageQuery before(StreamPosition position) {
    return new PageQuery(PageRequest.NEWEST.before(position.toString()));
  }

  /** The oldest that are kept, in journal order. */
  public static PageQuery oldest() {
    return from(new StartingPoint.Earliest());
  }

  /** What comes behind a position, in journal order. */
  public static PageQuery after(StreamPosition position) {
    return from(StartingPoint.of(position.toString(), null, null, null));
  }

  /** What was recorded since then, in journal order. */
  public static PageQuery since(Instant time) {
    return from(new StartingPoint.Since(time));
  }

  /**
   * The newest few, in journal order.
   *
   * @param count from 0 to 100,000; a page has as many of them as its limit, and tells where to go
   *     on
   * @throws IllegalArgumentException if it is another number
   */
  public static PageQuery last(int count) {
    return from(new StartingPoint.Last(PageRequest.checkLast(count)));
  }

  private static PageQuery from(StartingPoint start) {
    return new PageQuery(PageRequest.NEWEST.after(start));
  }

  /** The same, of these activities alone. */
  public PageQuery matching(ActivityFilter filter) {
    return new PageQuery(request.matching(filter));
  }

  /**
   * The same, with so many activities at most.
   *
   * @throws IllegalArgumentException if it is less than 1 or more than 1,000
   */
  public PageQuery limit(int activities) {
    return new PageQuery(request.limit(activities));
  }

  PageRequest request() {
    return request;
  }

  @Override
  public String toString() {
    return request.toString();
  }
}
