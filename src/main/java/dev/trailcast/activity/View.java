package dev.trailcast.activity;

import java.util.Set;

/**
 * What one reader gets to see: the activities it asked for, as far as it may see them. Readers with
 * equal views are served alike.
 *
 * @param filter what it asked for
 * @param scope how far its right to follow goes
 * @param viewer who it is, for what has an audience
 */
public record View(ActivityFilter filter, Scope scope, Viewer viewer) {
  /** Of somebody who may follow everything. */
  public View(ActivityFilter filter, Viewer viewer) {
    this(filter, Scope.EVERYTHING, viewer);
  }

  /** Of code of the application's own that sees everything, whoever it is for. */
  public static View unrestricted(ActivityFilter filter) {
    return new View(filter, Viewer.UNRESTRICTED);
  }

  /** Whether {@code activity} is part of this view; what tells of an erasure is part of none. */
  public boolean includes(Activity activity) {
    return viewer.maySee(activity)
        && filter.matches(activity)
        && scope.includes(activity)
        && !activity.isErasure();
  }

  /**
   * Whether its reader is to be told of {@code activity} as it goes along the journal: it is part
   * of this view, or tells of an erasure.
   */
  public boolean tells(Activity activity) {
    return activity.isErasure() || includes(activity);
  }

  /** Whether its reader may see {@code activity}, whatever it has asked for. */
  public boolean maySee(Activity activity) {
    return activity.isErasure() || viewer.maySee(activity) && scope.includes(activity);
  }

  /**
   * Filters one of which matches whatever this view includes. Whatever finds activities or readers
   * without asking every one of them goes by these: by what is asked for, or by how far the right
   * goes, whichever tells more activities apart.
   */
  public Set<ActivityFilter> keys() {
    Set<ActivityFilter> asked = Set.of(filter);
    return rank(scope.filters()) < rank(asked) ? scope.filters() : asked;
  }

  private static int rank(Set<ActivityFilter> filters) {
    int rank = -1;
    for (ActivityFilter each : filters) {
      Attribute first = Attribute.first(each);
      rank = Math.max(rank, first == null ? Integer.MAX_VALUE : first.ordinal());
    }
    return rank;
  }

  /** What readers with the same filter and scope get, whoever they are: what has no audience. */
  public View publicPart() {
    return new View(filter, scope, Viewer.ANONYMOUS);
  }

  /** Everything that its reader may see, whatever it has asked for. */
  public View unfiltered() {
    return new View(ActivityFilter.ALL, scope, viewer);
  }
}
