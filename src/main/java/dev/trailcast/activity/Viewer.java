package dev.trailcast.activity;

import java.util.Collections;
import java.util.Set;

/**
 * Who looks at activities, and so which of them it may see. This is the one place that decides it.
 *
 * @param name the user's name, or null for somebody unknown
 * @param roles the roles it is in
 * @param isUnrestricted whether it sees everything, whoever it is for: code of the application's
 *     own that has asked for that, and never a reader
 */
public record Viewer(String name, Set<String> roles, boolean isUnrestricted) {
  /** Somebody unknown: sees what has no audience. */
  public static final Viewer ANONYMOUS = new Viewer(null, Set.of());

  /** Sees everything, whoever it is for. */
  public static final Viewer UNRESTRICTED = new Viewer(null, Set.of(), true);

  public Viewer {
    roles = Set.copyOf(roles);
  }

  /** Somebody who sees what is for everybody, for its name, or for one of its roles. */
  public Viewer(String name, Set<String> roles) {
    this(name, roles, false);
  }

  /** Whether this viewer may see {@code activity}: it has no audience, or the viewer is of it. */
  public boolean maySee(Activity activity) {
    Audience audience = activity.audience();
    return audience == null
        || isUnrestricted
        || (name != null && audience.users().contains(name))
        || !Collections.disjoint(audience.roles(), roles);
  }
}
