package dev.trailcast.activity;

import java.util.List;
import java.util.Set;

/**
 * How far a right goes: to every activity that one of these filters matches. Equal scopes are equal
 * objects, in whatever order their filters were given.
 *
 * @param filters none of them: to nothing at all
 */
public record Scope(Set<ActivityFilter> filters) {
  /** To every activity. */
  public static final Scope EVERYTHING = new Scope(Set.of(ActivityFilter.ALL));

  /** To none. */
  public static final Scope NOTHING = new Scope(Set.of());

  public Scope {
    filters =
        filters.contains(ActivityFilter.ALL)
            ? Set.of(ActivityFilter.ALL) // which matches all that the others match
            : Set.copyOf(filters);
  }

  /** To every activity that one of these filters matches. */
  public static Scope of(List<ActivityFilter> filters) {
    return new Scope(Set.copyOf(filters));
  }

  /** Whether it goes to nothing at all. */
  public boolean isNothing() {
    return filters.isEmpty();
  }

  /** Whether it goes so far. */
  public boolean includes(Activity activity) {
    for (ActivityFilter filter : filters) {
      if (filter.matches(activity)) {
        return true;
      }
    }
    return false;
  }
}
