package dev.trailcast.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out who asks by a write key. That says which program it is, and not who uses it: web pages
 * have theirs in their source. So whoever has one is nobody, with the rights that are granted to
 * the key. Neither a log-in nor a token counts here. Safe for use by many threads.
 */
@ApplicationScoped
public class KeyHolders {
  private static final String BASIC = "Basic ";

  private final Grants grants;
  private final WriteKeys keys;

  @Inject
  public KeyHolders(Grants grants, WriteKeys keys) {
    this.grants = grants;
    this.keys = keys;
  }

  /** For the client proxy that CDI makes. */
  KeyHolders() {
    this(null, null);
  }

  /**
   * Somebody who has a write key.
   *
   * @param key its name
   * @param caller nobody, with the rights of that key
   */
  public record KeyHolder(String key, Caller caller) {}

  /** Somebody who has not shown a key yet, and may nothing. */
  public static Caller unknown(HttpServletRequest request) {
    return caller(request, Rights.NONE);
  }

  /** The key that a request has as the user's name of Basic credentials, where it has any. */
  public static Optional<String> keyIn(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
        .filter(header -> header.regionMatches(true, 0, BASIC, 0, BASIC.length()))
        .map(header -> userName(header.substring(BASIC.length()).strip()));
  }

  private static String userName(String credentials) {
    try {
      byte[] decoded = Base64.getDecoder().decode(credentials);
      return new String(decoded, StandardCharsets.UTF_8).split(":", 2)[0];
    } catch (IllegalArgumentException e) {
      return ""; // which is no key
    }
  }

  /**
   * Who has this key.
   *
   * @param key or null, where the request has none
   * @throws WebApplicationException 401 if it is none, 403 if nothing is granted to it
   */
  public KeyHolder holder(String key, HttpServletRequest request) {
    if (key == null) {
      throw Refusal.unknown(
          "A write key is needed: as the user's name of Basic credentials, or as writeKey in the"
              + " body.");
    }
    String name =
        keys.name(key)
            .orElseThrow(() -> Refusal.unknown("The write key is not one of this server's."));
    Caller caller = caller(request, grants.now().rightsOfKey(name));
    if (!caller.may(Right.PUBLISH)) {
      throw Refusal.forbidden(
          "Whoever has this write key may not publish here. The operator of this server can grant"
              + " that by the setting trailcast.access.publish.");
    }
    return new KeyHolder(name, caller);
  }

  private static Caller caller(HttpServletRequest request, Rights rights) {
    return new Caller(request.getRemoteAddr(), null, Set.of(), rights, Optional.empty(), null);
  }
}
