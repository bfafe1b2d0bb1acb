package dev.trailcast.activity;

/**
 * What one reader gets to see: the activities it asked for, as far as it may see them. Readers with
 * equal views are served alike.
 */
public record View(ActivityFilter filter, Viewer viewer) {
  /** Whether {@code activity} is part of this view. */
  public boolean includes(Activity activity) {
    return viewer.maySee(activity) && filter.matches(activity);
  }
}
