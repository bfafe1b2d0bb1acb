package dev.trailcast.security;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who somebody has proved to be.
 *
 * @param name null for nobody
 * @param roles that it is in
 * @param rights that its token gives it, and no others; empty where that says nothing of them
 * @param until when that has to be proved anew; empty where nobody says
 */
record Identity(String name, Set<String> roles, Optional<Rights> rights, Optional<Instant> until) {
  /** Somebody who has proved nothing. */
  static final Identity NOBODY = new Identity(null, Set.of(), Optional.empty(), Optional.empty());

  Identity {
    roles = Set.copyOf(roles);
  }

  boolean isKnown() {
    return name != null;
  }
}
