package dev.trailcast.http;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.Rfc3339;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parameters of a request, each checked as it is read: what is not allowed throws an {@link
 * IllegalArgumentException} that names the parameter, its value and what is allowed. A parameter
 * that is not there is null.
 */
public record Query(MultivaluedMap<String, String> parameters) {
  /** Which activities are asked for. */
  public ActivityFilter filter() {
    return new ActivityFilter(terms("type"), terms("actor"), terms("source"), terms("subject"));
  }

  private Terms terms(String name) {
    List<String> values = parameters.get(name);
    try {
      return values == null ? Terms.ANY : Terms.parse(values);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " " + e.getMessage(), e);
    }
  }

  /** The first of these that says anything. */
  public String text(String... names) {
    return Stream.of(names)
        .map(parameters::getFirst)
        .filter(value -> value != null && !value.isBlank())
        .findFirst()
        .orElse(null);
  }

  /** A moment: a timestamp of RFC 3339, milliseconds, or how long ago it was by this server's clock. */
  public Instant instant(String name) {
    String value = parameters.getFirst(name);
    if (value == null) {
      return null;
    }
    String text = value.replace(' ', '+'); // an offset's plus sign that was not encoded
    Optional<Instant> instant = Rfc3339.parse(text).map(OffsetDateTime::toInstant);
    return instant
        .or(() -> epochMilliseconds(text))
        .or(() -> ago(text))
        .orElseThrow(
            () ->
                notAllowed(
                    name,
                    "a timestamp of RFC 3339, milliseconds since 1970-01-01, or how long ago as a"
                        + " duration above zero (30s, 5m, 2h, 3d or PT5M)",
                    value));
  }

  private static Optional<Instant> epochMilliseconds(String text) {
    try {
      return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> ago(String text) {
    try {
      Duration ago = Duration.parse(isShort(text) ? iso(text) : text);
      return ago.isNegative() || ago.isZero()
          ? Optional.empty()
          : Optional.of(Instant.now().minus(ago));
    } catch (DateTimeException | ArithmeticException e) { // also where it is before all time
      return Optional.empty();
    }
  }

  /** Whether it is one number and one unit, as in {@code 5m}. */
  private static boolean isShort(String text) {
    return text.matches("[0-9]+[smhd]");
  }

  private static String iso(String shortForm) {
    return (shortForm.endsWith("d") ? "P" : "PT") + shortForm; // which takes small letters, too
  }

  /** A duration from nothing to {@code most}. */
  public Duration duration(String name, Duration most) {
    String value = parameters.getFirst(name);
    if (value == null) {
      return null;
    }
    try {
      Duration duration = Duration.parse(value);
      if (!duration.isNegative() && duration.compareTo(most) <= 0) {
        return duration;
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw notAllowed(name, "an ISO-8601 duration from PT0S to " + most, value);
  }

  /** A whole number. */
  public Integer number(String name, int least, int most) {
    String value = parameters.getFirst(name);
    if (value == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw notAllowed(name, "a whole number from " + least + " to " + most, value);
  }

  /** Whether it has the one of two values that is not the usual one. */
  public boolean flag(String name, String set, String unset) {
    String value = parameters.getFirst(name);
    if (value == null || value.equals(unset)) {
      return false;
    }
    if (value.equals(set)) {
      return true;
    }
    throw notAllowed(name, set + " or " + unset, value);
  }

  /** What is thrown where a value is not allowed. */
  public static IllegalArgumentException notAllowed(String name, String allowed, String value) {
    return new IllegalArgumentException(name + " must be " + allowed + ", not " + value);
  }
}
