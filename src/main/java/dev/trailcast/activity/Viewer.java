package dev.trailcast.activity;

import java.util.Collections;
import java.util.Set;

/**
 * Who looks at activities, and so which of them it may see. This is the one place that decides it.
 *
 * @param name the user's name, or null for somebody unknown
 * @param roles the roles it is in
 */
public record Viewer(String name, Set<String> roles) {
  /** Somebody unknown: sees what has no audience. */
  public static final Viewer ANONYMOUS = new Viewer(null, Set.of());

  public Viewer {
    roles = Set.copyOf(roles);
  }

  /** Whether this viewer may see {@code activity}: it has no audience, or the viewer is of it. */
  public boolean maySee(Activity activity) {
    Audience audience = activity.audience();
    return audience == null
        || (name != null && audience.users().contains(name))
        || !Collections.disjoint(audience.roles(), roles);
  }
}
