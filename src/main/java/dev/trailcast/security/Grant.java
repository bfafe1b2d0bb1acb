package dev.trailcast.security;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who has a right, and how far it goes: {@code role:support?type=ticket.*}.
 *
 * @param to what kind of somebody
 * @param name the user's, the role's or the write key's; empty for the other kinds
 * @param bound what it is bounded to
 */
record Grant(To to, String name, Bound bound) {
  /** The syntax, for whoever has written it wrongly. */
  static final String ALLOWED =
      "grants, separated by commas: anyone, authenticated, user:NAME, role:NAME or key:NAME, each"
          + " perhaps with a filter behind it, as ?type=page.*&actor={user}";

  /** Kinds of somebody. */
  enum To {
    ANYONE("anyone"),
    AUTHENTICATED("authenticated"),
    USER("user:"),
    ROLE("role:"),
    KEY("key:");

    private final String written;

    To(String written) {
      this.written = written;
    }

    private boolean isNamed() {
      return written.endsWith(":");
    }
  }

  /**
   * Reads a list of them. A comma inside of a name or a filter is {@code %2C}.
   *
   * @param text blank is none
   * @throws IllegalArgumentException if it is not written so; says why
   */
  static List<Grant> parseAll(String text) {
    return text.isBlank()
        ? List.of()
        : Stream.of(text.split(",", -1)).map(String::strip).map(Grant::parse).toList();
  }

  private static Grant parse(String text) {
    String[] sides = text.split("\\?", 2);
    if (sides.length == 2 && sides[1].isEmpty()) {
      throw new IllegalArgumentException("a filter must follow the question mark");
    }
    Bound bound = sides.length == 2 ? Bound.parse(sides[1]) : Bound.NONE;
    for (To to : To.values()) {
      if (to.isNamed() && sides[0].startsWith(to.written)) {
        return new Grant(to, name(sides[0].substring(to.written.length())), bound);
      } else if (sides[0].equals(to.written)) {
        return new Grant(to, "", bound);
      }
    }
    throw new IllegalArgumentException("'" + sides[0] + "' is nobody");
  }

  private static String name(String encoded) {
    String name = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a name must follow the colon");
    }
    return name;
  }

  boolean isBounded() {
    return !bound.equals(Bound.NONE);
  }

  /** Whether somebody has it. */
  boolean isFor(Identity identity) {
    return switch (to) {
      case ANYONE -> true;
      case AUTHENTICATED -> identity.isKnown();
      case USER -> name.equals(identity.name());
      case ROLE -> identity.roles().contains(name);
      case KEY -> false; // who has one is nobody: it stands in the source of web pages
    };
  }

  /** Whether whoever has a write key has it. */
  boolean isForKey(String key) {
    return switch (to) {
      case ANYONE -> true;
      case KEY -> name.equals(key);
      case AUTHENTICATED, USER, ROLE -> false;
    };
  }
}
