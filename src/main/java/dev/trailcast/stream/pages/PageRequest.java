package dev.trailcast.stream.pages;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.http.Query;
import dev.trailcast.stream.trail.StartingPoint;
import java.time.Duration;

/**
 * What is asked of the pages: the query of {@code GET /api/activities}.
 *
 * @param after where a page in journal order begins; null asks for one that is newest first
 * @param before the position where that begins, as it was given; null is the newest
 * @param limit how many activities at most
 * @param hold how long to wait for the first one where there is none
 */
public record PageRequest(
    ActivityFilter filter, StartingPoint after, String before, int limit, Duration hold) {
  private static final int MOST = 1_000;
  private static final int USUAL = 100;

  /** The newest of everything, newest first. */
  public static final PageRequest NEWEST =
      new PageRequest(ActivityFilter.ALL, null, null, USUAL, Duration.ZERO);

  /** Proxies give up on an answer after 60 s or more. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /**
   * @throws IllegalArgumentException if the limit is not allowed
   */
  public PageRequest {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit must be 1 to " + MOST + ", not " + limit);
    }
  }

  /**
   * How many of the newest may be asked for.
   *
   * @throws IllegalArgumentException if it is another number
   */
  public static int checkLast(int count) {
    if (count < 0 || count > Query.MOST_LAST) {
      throw new IllegalArgumentException("last must be 0 to " + Query.MOST_LAST + ", not " + count);
    }
    return count;
  }

  /** The same of these activities alone. */
  public PageRequest matching(ActivityFilter others) {
    return new PageRequest(others, after, before, limit, hold);
  }

  /** The same in journal order, from there on. */
  public PageRequest after(StartingPoint start) {
    return new PageRequest(filter, start, null, limit, hold);
  }

  /** The same newest first, from before a position. */
  public PageRequest before(String position) {
    return new PageRequest(filter, null, position, limit, hold);
  }

  /** The same with so many activities at most. */
  public PageRequest limit(int activities) {
    return new PageRequest(filter, after, before, activities, hold);
  }

  /**
   * Reads a query.
   *
   * @throws IllegalArgumentException naming the parameter, its value and what is allowed
   */
  static PageRequest of(Query query) {
    StartingPoint after =
        StartingPoint.of(query.text("after"), query.instant("since"), query.last(), null);
    boolean forward = !after.equals(StartingPoint.NOW);
    String before = query.text("before");
    Duration hold = query.duration("wait", LONGEST);
    if (before != null && forward) {
      throw new IllegalArgumentException("before can't stand beside after, since or last");
    }
    if (hold != null && !forward) {
      throw new IllegalArgumentException("wait needs one of after, since and last");
    }
    Integer limit = query.number("limit", 1, MOST);
    return new PageRequest(
        query.filter(),
        forward ? after : null,
        before,
        limit == null ? USUAL : limit,
        hold == null ? Duration.ZERO : hold);
  }
}
