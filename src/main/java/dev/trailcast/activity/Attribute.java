package dev.trailcast.activity;

import java.util.function.Function;

/**
 * What a filter can ask about, in the order in which it tells most activities apart. Whatever finds
 * activities or readers without asking every one of them goes by the first that a filter has terms
 * for.
 */
public enum Attribute {
  ACTOR(Activity::actor, ActivityFilter::actors),
  SUBJECT(Activity::subject, ActivityFilter::subjects),
  TYPE(Activity::type, ActivityFilter::types),
  SOURCE(Activity::source, ActivityFilter::sources);

  private final Function<Activity, String> value;
  private final Function<ActivityFilter, ActivityFilter.Terms> terms;

  Attribute(
      Function<Activity, String> value, Function<ActivityFilter, ActivityFilter.Terms> terms) {
    this.value = value;
    this.terms = terms;
  }

  /** Its value, or null where the activity has none. */
  public String of(Activity activity) {
    return value.apply(activity);
  }

  /** What a filter asks about it. */
  public ActivityFilter.Terms terms(ActivityFilter filter) {
    return terms.apply(filter);
  }

  /** The one to find by what this filter asks for; null where it asks for everything. */
  public static Attribute first(ActivityFilter filter) {
    for (Attribute attribute : values()) {
      if (!attribute.terms(filter).isAny()) {
        return attribute;
      }
    }
    return null;
  }
}
