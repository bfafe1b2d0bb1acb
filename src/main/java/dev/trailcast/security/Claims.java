package dev.trailcast.security;

import dev.trailcast.activity.Scope;
import jakarta.json.JsonString;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What claims of a token say, whoever has read them: as Java's values, or as those of Jakarta JSON
 * Processing.
 */
final class Claims {
  /** The claim in which a token says itself what its bearer may. */
  static final String RIGHTS = "trailcast";

  private Claims() {}

  /**
   * The rights that a token gives: exactly those that its claim names.
   *
   * @param claim null where it has none
   * @param name of the bearer
   * @throws IllegalArgumentException if it is not written as it should be; says why
   */
  static Optional<Rights> rights(Object claim, String name) {
    if (claim == null) {
      return Optional.empty();
    }
    if (!(claim instanceof Map<?, ?> rights)) {
      throw new IllegalArgumentException(
          "the claim " + RIGHTS + " must be an object with lists of filters");
    }
    return Optional.of(Rights.each(right -> reach(right, rights.get(right.toString()), name)));
  }

  private static Scope reach(Right right, Object filters, String name) {
    if (filters == null) {
      return Scope.NOTHING;
    }
    if (!(filters instanceof Collection<?> list) || !list.stream().allMatch(Claims::isText)) {
      throw new IllegalArgumentException(
          "in the claim " + RIGHTS + ", " + right + " must be a list of filters");
    }
    return Bound.together(list.stream().map(Claims::text).map(Bound::parse).toList(), name);
  }

  /** The texts of a list, or the words of a text; none where it is neither. */
  static Set<String> words(Object claim) {
    Stream<?> values = Stream.of();
    if (claim instanceof Collection<?> list) {
      values = list.stream();
    } else if (isText(claim)) {
      values = Stream.of(text(claim).split(" "));
    }
    return values
        .filter(Claims::isText)
        .map(Claims::text)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  /** The claim of this name; with dots it may be inside of others, which have its parts' names. */
  static Object find(Map<?, ?> claims, String name) {
    if (claims.containsKey(name)) {
      return claims.get(name);
    }
    List<String> parts = List.of(name.split("\\.", 2));
    return parts.size() == 2 && claims.get(parts.get(0)) instanceof Map<?, ?> inner
        ? find(inner, parts.get(1))
        : null;
  }

  static boolean isText(Object value) {
    return value instanceof String || value instanceof JsonString;
  }

  static String text(Object value) {
    return value instanceof JsonString json ? json.getString() : (String) value;
  }

  /** A moment in seconds since 1970; empty where that is none, or beyond all time. */
  static Optional<Instant> moment(long seconds) {
    try {
      return seconds > 0 ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
