package dev.trailcast.security;

import java.util.Set;

/**
 * Who may do what, and how one says who one is.
 *
 * @param access who may do what when the application starts; {@link Grants} know it later
 * @param tokens which tokens are taken
 * @param cookie the name of the one that may bring a token; empty for none
 * @param roles that are asked of the server's log-in beside those that have a right: the ones that
 *     activities are for
 */
public record SecuritySettings(
    Access access, TokenSettings tokens, String cookie, Set<String> roles) {
  public SecuritySettings {
    roles = Set.copyOf(roles);
  }
}
