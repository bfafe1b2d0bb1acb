package dev.trailcast.security;

import dev.trailcast.http.Query;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out who asks: by a token that the server itself knows, else by one of ours, else by a
 * ticket, else by the host's own log-in, which stands as it is. Safe for use by many threads.
 *
 * <p>To be asked inside the resource's method, on the request's own thread: later, and on another
 * one, Open Liberty no longer knows who it was.
 */
@ApplicationScoped
public class Callers {
  private static final String BEARER = "Bearer";

  private final SecuritySettings settings;
  private final Grants grants;
  private final Tokens tokens;
  private final Tickets tickets;

  @Inject
  public Callers(SecuritySettings settings, Grants grants, Tokens tokens, Tickets tickets) {
    this.settings = settings;
    this.grants = grants;
    this.tokens = tokens;
    this.tickets = tickets;
    grants.onAskAnew(tickets::forget); // they have rights of before
  }

  /** For the client proxy that CDI makes. */
  Callers() {
    settings = null;
    grants = null;
    tokens = null;
    tickets = null;
  }

  /**
   * Who asks.
   *
   * @throws WebApplicationException 401 if it says who it is by something that is not good
   * @throws KeysUnavailableException if that can't be found out now
   */
  public Caller of(HttpServletRequest request) {
    Principal principal = request.getUserPrincipal();
    Optional<Identity> ofHost = HostTokens.identity(principal);
    if (ofHost.isPresent()) {
      return caller(ofHost.get(), request, null);
    }
    Optional<String> token = bearer(request).or(() -> cookie(request));
    if (token.isPresent() && (tokens.areTaken() || principal == null)) {
      return caller(tokens.identity(token.get()), request, null);
    }
    String ticket = Query.ticket(request.getQueryString());
    if (ticket != null) {
      return tickets.redeem(ticket, Tickets.Errand.of(request)).at(request.getRemoteAddr());
    }
    Identity identity = principal == null ? Identity.NOBODY : identity(principal, request);
    return caller(identity, request, Sessions.id(request));
  }

  private Caller caller(Identity identity, HttpServletRequest request, String session) {
    Rights rights = identity.rights().orElseGet(() -> grants.now().rights(identity));
    return new Caller(
        request.getRemoteAddr(),
        identity.name(),
        identity.roles(),
        rights,
        identity.until(),
        session);
  }

  /**
   * Who asks for something that this right is needed for.
   *
   * @throws WebApplicationException as {@link #of}; and 403 if it has no such right, or 401 if it
   *     is nobody
   * @throws KeysUnavailableException as {@link #of}
   */
  public Caller withRight(Right right, HttpServletRequest request) {
    Caller caller = of(request);
    caller.require(right);
    return caller;
  }

  private static Optional<String> bearer(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
        .map(String::strip)
        .filter(header -> header.split(" ", 2)[0].equalsIgnoreCase(BEARER))
        .map(header -> header.substring(BEARER.length()).strip());
  }

  private Optional<String> cookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return settings.cookie().isEmpty() || cookies == null
        ? Optional.empty()
        : Stream.of(cookies)
            .filter(cookie -> cookie.getName().equals(settings.cookie()))
            .map(Cookie::getValue)
            .filter(value -> !value.isEmpty()) // as is left of one that was taken away
            .findFirst();
  }

  /** Its roles can't be listed: each that matters is asked for, once a request. */
  private Identity identity(Principal principal, HttpServletRequest request) {
    Set<String> roles =
        Stream.concat(settings.roles().stream(), grants.now().roles().stream())
            .distinct()
            .filter(request::isUserInRole)
            .collect(Collectors.toSet());
    return new Identity(principal.getName(), roles, Optional.empty(), Optional.empty());
  }
}
