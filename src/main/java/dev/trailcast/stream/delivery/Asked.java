package dev.trailcast.stream.delivery;

import dev.trailcast.activity.ActivityFilter;
import java.util.Locale;

/**
 * What a reader has come for.
 *
 * @param door where
 * @param filter what it wants to see
 */
public record Asked(Door door, ActivityFilter filter) {
  /** Where readers come in. */
  public enum Door {
    /** The stream, as Server-Sent Events. */
    EVENTS,
    /** The stream, as lines of JSON. */
    LINES,
    /** A page that is waited for. */
    PAGES,
    /** Figures. */
    STATISTICS,
    /** None: code of the application has registered it. */
    SINK;

    /** As clients are told. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
