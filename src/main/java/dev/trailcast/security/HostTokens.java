package dev.trailcast.security;

import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Users whom the server itself knows by a token, where the host has it do so (MicroProfile JWT).
 */
final class HostTokens {
  private HostTokens() {}

  /**
   * Who that is; empty where it is no such user.
   *
   * @param principal of the request; injected, Payara's token fails for all others
   */
  static Optional<Identity> identity(Principal principal) {
    try {
      return principal instanceof JsonWebToken token ? Optional.of(of(token)) : Optional.empty();
    } catch (NoClassDefFoundError e) { // a server need not have MicroProfile JWT
      return Optional.empty();
    }
  }

  private static Identity of(JsonWebToken token) {
    Set<String> groups = token.getGroups(); // isUserInRole knows those alone that are declared
    try {
      return new Identity(
          token.getName(),
          groups == null ? Set.of() : groups,
          Claims.rights(token.<Object>getClaim(Claims.RIGHTS), token.getName()),
          Claims.moment(token.getExpirationTime()));
    } catch (IllegalArgumentException e) {
      throw Refusal.badToken("The token is not good: " + e.getMessage() + '.');
    }
  }
}
