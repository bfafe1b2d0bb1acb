package dev.trailcast.security;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.Scope;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import jakarta.ws.rs.WebApplicationException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks, and what it may.
 *
 * @param address where from; behind a proxy it is the proxy's
 * @param name of the user who is logged in, or null
 * @param roles that the user is in
 * @param rights what it may
 * @param until when its log-in ends; empty where nobody says
 * @param session the id of the server's session that it is known in, which may end before; null
 *     where it is known by a token, or there is none
 */
public record Caller(
    String address,
    String name,
    Set<String> roles,
    Rights rights,
    Optional<Instant> until,
    String session) {
  /**
   * The role that whoever may administer is in, as far as activities are for roles, by whatever
   * grant or token it may; nobody else is, whatever the server or a token says. A grant can't be
   * written as an audience, and a token may give the right by itself.
   */
  public static final String ADMINISTRATORS = "trailcast.administrators";

  private static final int IPV6_NETWORK_BYTES = 8;

  public Caller {
    roles = Set.copyOf(roles);
  }

  /** The same from another address. */
  Caller at(String elsewhere) {
    return new Caller(elsewhere, name, roles, rights, until, session);
  }

  /**
   * What bounds of an address go by: of IPv6 the first 64 bits, for whoever has one address there
   * has all that begin so.
   */
  public String network() {
    if (!address.contains(":")) {
      return address;
    }
    try { // never asks a name server: no name has a colon
      byte[] bytes = InetAddress.getByName(address.split("%", 2)[0]).getAddress();
      return bytes.length > IPV6_NETWORK_BYTES
          ? HexFormat.of().formatHex(bytes, 0, IPV6_NETWORK_BYTES) + "::/64"
          : InetAddress.getByAddress(bytes).getHostAddress(); // IPv4, as IPv6 writes it
    } catch (UnknownHostException e) {
      return address;
    }
  }

  /** How far one of its rights goes. */
  public Scope reach(Right right) {
    return rights.reach(right);
  }

  /** Whether it has a right at all, however far that goes. */
  public boolean may(Right right) {
    return !reach(right).isNothing();
  }

  /** What it gets of what it asks for. */
  public View view(ActivityFilter filter) {
    return new View(filter, reach(Right.SUBSCRIBE), new Viewer(name, audienceRoles()));
  }

  private Set<String> audienceRoles() {
    boolean administers = name != null && may(Right.ADMINISTER);
    if (administers == roles.contains(ADMINISTRATORS)) {
      return roles;
    }
    Set<String> all = new HashSet<>(roles);
    if (!all.remove(ADMINISTRATORS)) {
      all.add(ADMINISTRATORS);
    }
    return all;
  }

  /**
   * Lets it go on only where it has a right, however far that goes.
   *
   * @throws WebApplicationException 403 if it has no such right, or 401 if it is nobody
   */
  public void require(Right right) {
    if (!may(right)) {
      throw refusal(
          name == null
              ? "Say who you are: not everybody may " + right + " here."
              : "You may not " + right + " here.");
    }
  }

  /** What is said to it where it has no right: 403, or 401 if it is nobody. */
  public WebApplicationException refusal(String detail) {
    return name == null ? Refusal.unknown(detail) : Refusal.forbidden(detail);
  }
}
